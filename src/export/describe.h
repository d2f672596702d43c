// Records in words a person reads: names of actors, places, days, counts, sources. Every export goes through
// here, so that the table, the CSV and the page call the same thing by the same name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"

namespace annalist {

/// The entity's name; "" for none.
std::string_view entity_name(const Document& doc, Id<Entity> entity);
/// The names of an event's arguments in a role, in text order, each once. Words that are no entity stand as
/// written.
std::vector<std::string> argument_names(const Document& doc, const Event& event, EventRole role);
/// CAMEO codes of those arguments that have one.
std::vector<std::string> argument_codes(const Document& doc, const Event& event, EventRole role);
/// "Deir Sonbol, Idlib, SY"; "" for none.
std::string place_label(const Document& doc, Id<Place> place);
/// "2014-11-01", "2014-10-29 to 2014-11-01", or "".
std::string day_range(Day from, Day to);
/// "12", "10-15", "at least 10" or "".
std::string count_label(const Count& count);
/// Who a claim is from: the name, else the words of the source, else the outlet for the narrator.
std::string source_label(const Document& doc, const Claim& claim);
/// The claims that speak of an event, in order.
std::vector<Id<Claim>> claims_of(const Document& doc, Id<Event> event);
bool is_contested(const Document& doc, Id<Event> event);
/// The event's assessment; none where the record has none.
const Assessment* assessment_of(const Document& doc, Id<Event> event);
/// "contested: 2 sources for (1 party), 1 against (1 party), 2 independent".
std::string assessment_label(const Assessment& assessment);
/// "the monitor: says so", the closing step as it is.
std::string step_label(const Document& doc, const AssessmentStep& step);
/// When it was said: the words' own day, else the day of the report, else "".
std::string said_when(const Document& doc, const Claim& claim);
/// The events of which the claim tells against the interest of its own side.
std::vector<Id<Event>> admissions_of(const Document& doc, const Claim& claim);
/// The words of a claim, its parts joined by " ... ".
std::string claim_words(const Document& doc, const Claim& claim);
/// The text of the sentence that holds a byte, or of the block, white space collapsed.
std::string sentence_text(const Document& doc, std::uint32_t byte);
/// True for what goes into event tables by default (codebook: actual and ongoing).
inline bool in_tables(const Event& e) {
  return e.status == EventStatus::actual || e.status == EventStatus::ongoing;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace annalist
