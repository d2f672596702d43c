// Documents for the event tests: hand-made trees in one line a sentence, with the layers that actor, place
// and time stages would add made from a short legend.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "event/code_events.h"

namespace annalist::test {

/// What a word stands for: "place", "country", "stranger" (a person nobody knows), or the name of an
/// ActorKind.
using Legend = std::map<std::string, std::string, std::less<>>;

/// The legend most tests share: Harim and Sarda are villages, Turkey a state, Nusra an armed group.
const Legend& usual();

/// A document of sentences, one a line: "form/lemma/UPOS/head/deprel[/FEATS] ...". A line that starts with "H
/// " is the headline, one with "P " opens a paragraph. Published 2014-11-01. Every noun and pronoun is a
/// mention, an entity for each lemma; "he", "it", "they" belong to `pronouns`, if it is given. Weekdays and
/// years are times.
Document sketch(std::string_view lines, const Legend& legend = usual(), std::string_view pronouns = {});

/// The stage built from data/codebook/ of this repository.
const CodeEvents& stage();

/// The same with weights of senses, a text as patterns/sense-weights.txt.
CodeEvents stage_with(std::string_view sense_weights);

/// The sketch after the stage ran.
Document coded(std::string_view lines, const Legend& legend = usual(), std::string_view pronouns = {});

/// One event as a line: "capture actual actor=Nusra target=rebels at=Harim deaths=3 2014-11-01".
std::string line(const Document& doc, const Event& event);

/// All events of a document, one a line.
std::string lines_of(const Document& doc);

}  // namespace annalist::test
