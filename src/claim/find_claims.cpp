#include "claim/find_claims.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/strings.h"
#include "claim/assess.h"
#include "claim/attribution.h"
#include "claim/choose.h"
#include "claim/conflicts.h"
#include "claim/draft.h"
#include "claim/link.h"
#include "claim/silence.h"
#include "claim/source.h"
#include "claim/speech.h"
#include "claim/stance.h"
#include "claim/tagged.h"
#include "claim/turns.h"
#include "claim/values.h"

namespace annalist {
namespace claims {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFFu;
constexpr std::uint32_t kSpeakerReach = 4;  // sentences over which "he added" reaches its speaker

std::uint32_t begins_at(const Draft& d) {
  const std::uint32_t content = d.content.empty() ? kNone : d.content.front();
  return d.cue || d.cue_span.size() ? std::min(content, d.cue_token.value) : content;
}

bool second_person(const Context& c, const Source& s) {
  return s.head && c.tree[s.head].upos == Upos::pron && c.tree.lemma(s.head) == "you";
}

/// "he", "she", "they": pronouns that stand for a speaker.
bool third_person(const Context& c, const Source& s) {
  if (!s.mention_head || c.tree[s.mention_head].upos != Upos::pron) return false;
  const std::string_view lemma = c.tree.lemma(s.mention_head);
  return lemma == "he" || lemma == "she" || lemma == "they";
}

/// Someone, not something: "the mayor", "the army", not "the reason".
bool can_speak(const Context& c, Id<Token> head) {
  const std::uint32_t m = c.mention_of_head[head.value];
  if (m == kNoToken) return false;
  const EntityType type = c.doc.all<Mention>()[m].type;
  SourceKind kind;
  return type == EntityType::per || type == EntityType::org || type == EntityType::norp ||
         type == EntityType::group || type == EntityType::gpe ||
         c.cues.source_kind(lower(c.tree.lemma(head)), kind);
}

/// A pronoun without an entity stands for the subject of its sentence before it, if that names somebody.
Id<Token> subject_before(const Context& c, const Draft& d) {
  const std::uint32_t first = c.tree.sentence_of(d.source.head).tokens.first;
  for (std::uint32_t t = d.source.head.value; t-- > first;) {
    const Syntax& s = c.tree[Id<Token>(t)];
    const bool subject = s.deprel == Deprel::nsubj || s.deprel == Deprel::nsubj_pass;
    if (subject && s.upos != Upos::pron && c.quote_of[t] == Quote::kNone && can_speak(c, Id<Token>(t)))
      return Id<Token>(t);
  }
  return {};
}

bool holds(const Draft& d, std::uint32_t token) {
  return std::binary_search(d.content.begin(), d.content.end(), token);
}

/// outer[i]: the smallest content that holds the cue of draft i. Drafts that begin behind one another nest
/// within a sentence or a quotation, so the search looks back over a bounded number of drafts.
std::vector<std::uint32_t> nesting(const std::vector<Draft>& drafts) {
  constexpr std::size_t kLookBack = 24;
  std::vector<std::uint32_t> outer(drafts.size(), kNone);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!drafts[i].cue || drafts[i].narrator) continue;
    const std::size_t from = i > kLookBack ? i - kLookBack : 0;
    for (std::size_t j = from; j < drafts.size() && j <= i + kLookBack; ++j) {
      if (j == i || drafts[j].narrator || drafts[j].attitude || !holds(drafts[j], drafts[i].cue_token.value))
        continue;
      if (drafts[j].content.size() <= drafts[i].content.size()) continue;
      if (outer[i] == kNone || drafts[j].content.size() < drafts[outer[i]].content.size())
        outer[i] = static_cast<std::uint32_t>(j);
    }
  }
  return outer;
}

/// Brings drafts into text order and keeps `speaker_of` pointing at the same drafts.
void sort_drafts(std::vector<Draft>& drafts) {
  std::vector<std::uint32_t> order(drafts.size()), place(drafts.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return begins_at(drafts[a]) < begins_at(drafts[b]);
  });
  std::vector<Draft> sorted;
  sorted.reserve(drafts.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<std::uint32_t>(i);
    sorted.push_back(std::move(drafts[order[i]]));
  }
  for (Draft& d : sorted)
    if (d.speaker_of != kNone) d.speaker_of = place[d.speaker_of];
  drafts = std::move(sorted);
}

/// Removes the drafts marked, and renumbers.
void remove(std::vector<Draft>& drafts, const std::vector<bool>& gone) {
  std::vector<std::uint32_t> place(drafts.size(), kNone);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < drafts.size(); ++i)
    if (!gone[i]) {
      place[i] = static_cast<std::uint32_t>(kept);
      if (kept != i) drafts[kept] = std::move(drafts[i]);
      ++kept;
    }
  drafts.resize(kept);
  for (Draft& d : drafts)
    if (d.speaker_of != kNone) d.speaker_of = place[d.speaker_of];
}

/// "we deny", "we demand": saying it does it; "we have ordered" tells of it.
bool performs(const Context& c, Id<Token> verb) {
  return c.tree[verb].upos == Upos::verb && !c.tree[verb].is(MorphFlag::past) &&
         !c.tree.has_child(verb, Deprel::aux) && !marked_by(c.tree, verb, "to");
}

/// "We deny that we fired" in a quotation is a denial by its speaker, not a claim inside a claim. A nested
/// claim by another source is kept where it tells of an event.
void fold_nested(const Context& c, std::vector<Draft>& drafts) {
  const auto outer = nesting(drafts);
  std::vector<bool> gone(drafts.size(), false);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Draft& d = drafts[i];
    // Outside quotations "I" and "we" are the report itself, "you" its reader.
    gone[i] = d.content.empty() || says_nothing(c, d) ||
              (outer[i] == kNone && (first_person(c, d.source) || second_person(c, d.source)));
    // "said in a statement that ...": the statement is part of the saying.
    gone[i] = gone[i] || std::any_of(drafts.begin(), drafts.end(), [&](const Draft& other) {
                return other.content == d.content && other.cue_span.size() > d.cue_span.size() &&
                       other.cue_span.contains(d.cue_span);
              });
    if (gone[i] || outer[i] == kNone) continue;
    Draft& over = drafts[outer[i]];
    // "denied reports that ...": what nobody in particular reports is the content of the one who answers.
    if (d.cue->type == CueClass::noun && !d.source.head) {
      gone[i] = true;
    } else if (first_person(c, d.source) && (over.turn || c.quote_of[d.cue_token.value] != Quote::kNone)) {
      if (over.stance == Stance::asserts && d.stance != Stance::asserts && performs(c, d.cue_token)) {
        over.stance = d.stance;
        over.certainty = d.certainty;
        over.positive = d.positive;
      }
      gone[i] = true;
    } else {
      // "..., a charge which the ministry denied": an answer to the words that it stands in.
      const bool answers =
          d.cue && !d.positive && c.tree[d.cue_token].deprel == Deprel::acl_relcl && refers(c, d);
      gone[i] = !answers && std::none_of(d.content.begin(), d.content.end(),
                                         [&](std::uint32_t t) { return c.triggers[t]; });
    }
  }
  remove(drafts, gone);
}

/// "GOMA (Wire) - The army fled, mediators said": nobody says the dateline.
void cut_dateline(const Context& c, std::vector<Draft>& drafts) {
  const Span dateline = c.doc.page().dateline.span;
  if (dateline.empty()) return;
  for (Draft& d : drafts)
    std::erase_if(d.content,
                  [&](std::uint32_t t) { return dateline.contains(c.tree.token(Id<Token>(t)).span); });
}

/// Sources: of a carried speech the speaker's, of "he added" the last speaker's.
std::vector<Id<Entity>> resolve_sources(const Context& c, std::vector<Draft>& drafts) {
  std::vector<Id<Entity>> entity(drafts.size());
  std::vector<std::uint32_t> speaker(drafts.size());
  std::uint32_t last = kNone;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& d = drafts[i];
    std::uint32_t of = static_cast<std::uint32_t>(i);
    if (d.speaker_of != kNone && d.speaker_of < i)
      of = speaker[d.speaker_of];
    else if (third_person(c, d.source) && last != kNone &&
             d.sentence - drafts[last].sentence <= kSpeakerReach &&
             ((d.cue && d.cue->carries) || !entity_of(c, d.source)))
      of = speaker[last];
    if (of != i && d.source.head && !(d.cue && d.cue->carries))
      if (const Id<Token> subject = subject_before(c, d)) {
        d.source.mention_head = subject;
        of = static_cast<std::uint32_t>(i);
      }
    speaker[i] = of;
    if (of != i) {
      d.source.mention_head = drafts[of].source.mention_head;
      entity[i] = entity[of];
    } else
      entity[i] = entity_of(c, d.source);
    const bool outermost = c.quote_of[d.cue_token.value] == Quote::kNone || !d.cue;
    if (outermost && !d.narrator && d.source.mention_head && !first_person(c, d.source))
      last = static_cast<std::uint32_t>(i);
  }
  return entity;
}

std::string_view source_name(const Context& c, const Source& s, Id<Entity> entity) {
  if (entity && !c.doc[entity].name.empty()) return c.doc.str(c.doc[entity].name);
  // The bare phrase: "An aide", not "An aide who said ...".
  return s.mention_head ? c.doc.text(c.tree.phrase(s.mention_head)) : c.doc.text(s.span);
}

struct Columns {
  std::vector<Claim> claims;
  std::vector<ClaimContent> contents;
  std::vector<ClaimEvent> events;
  std::vector<Conflict> conflicts;
  std::vector<ConflictClaim> sides;
  std::vector<Assessment> assessments;
  std::vector<AssessmentStep> steps;
};

Claim record_of(const Context& c, Document& doc, const Draft& d, Id<Entity> entity, Columns& to) {
  Claim out;
  out.stance = d.stance;
  out.certainty = certainty_of(c, d);
  out.positive = d.positive != content_denies(c, d);
  out.cue = d.cue_span;
  out.attitude = d.attitude;
  if (d.narrator) {
    out.form = ClaimForm::narrator;
    out.source_kind = SourceKind::narrator;
  } else {
    bool any = false;
    const bool all = all_quoted(c, d, any);
    out.form = all || d.turn ? ClaimForm::direct : any ? ClaimForm::mixed : ClaimForm::indirect;
    out.source = entity;
    out.source_span = d.source.span;
    out.source_kind = kind_of(c, d.source, entity);
    out.affiliation = affiliation_of(c, d.source, entity);
    out.said = said_at(c, d);
    out.source_name = doc.intern(source_name(c, d.source, entity));
  }
  out.content.first = static_cast<std::uint32_t>(to.contents.size());
  for (Span s : spans_of(c, d.content)) to.contents.push_back({s});
  out.content.count = static_cast<std::uint32_t>(to.contents.size()) - out.content.first;
  return out;
}

Columns build(const CueTable& cues, const Weights& weights, Document& doc) {
  const Context c(doc, cues);
  std::vector<Draft> drafts = find_attributions(c);
  if (!weights.empty()) add_tagged(c, drafts);
  attach_speech(c, drafts);
  choose(c, weights, drafts);
  add_turns(c, drafts);
  add_carriers(c, drafts);
  cut_dateline(c, drafts);
  split_by_event(c, drafts);
  sort_drafts(drafts);
  fold_nested(c, drafts);
  add_narrator(c, drafts);
  sort_drafts(drafts);
  const std::vector<Id<Entity>> entity = resolve_sources(c, drafts);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Stance stance = stance_of(c, drafts[i], entity[i]);
    if (stance == Stance::doubts && stance != drafts[i].stance) drafts[i].certainty = Certainty::unknown;
    drafts[i].stance = stance;
  }
  std::vector<Statement> statements = link_events(c, drafts, entity);
  mark_admissions(c, drafts, entity, statements);
  mark_charges(c, drafts, entity, statements);
  const std::vector<Clash> clashes = find_conflicts(c, drafts, entity, statements);

  Columns out;
  const auto outer = nesting(drafts);
  std::size_t at = 0;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Claim claim = record_of(c, doc, drafts[i], entity[i], out);
    if (outer[i] != kNone) claim.via = Id<Claim>(outer[i]);
    claim.events.first = static_cast<std::uint32_t>(out.events.size());
    for (; at < statements.size() && statements[at].draft == i; ++at) {
      const bool again = std::any_of(out.events.begin() + claim.events.first, out.events.end(),
                                     [&](const ClaimEvent& e) { return e.event == statements[at].event; });
      const Statement& s = statements[at];
      if (!again)
        out.events.push_back({s.event, s.positive, s.settled, s.admission, s.values.count, s.values.actor,
                              s.values.place, s.values.time});
    }
    claim.events.count = static_cast<std::uint32_t>(out.events.size()) - claim.events.first;
    out.claims.push_back(claim);
  }
  for (const Clash& clash : clashes) {
    Conflict conflict{clash.event, clash.kind, {static_cast<std::uint32_t>(out.sides.size()), 0}};
    for (std::uint32_t d : clash.drafts) out.sides.push_back({Id<Claim>(d)});
    conflict.claims.count = static_cast<std::uint32_t>(clash.drafts.size());
    out.conflicts.push_back(conflict);
  }
  for (const Judged& judged : assess(c, drafts, entity, statements, clashes)) {
    Assessment a = judged.record;
    a.trace = {static_cast<std::uint32_t>(out.steps.size()), static_cast<std::uint32_t>(judged.steps.size())};
    for (const Judged::Step& step : judged.steps)
      out.steps.push_back({doc.intern(step.rule), step.draft == kNone ? Id<Claim>() : Id<Claim>(step.draft)});
    out.assessments.push_back(a);
  }
  return out;
}

}  // namespace
}  // namespace claims

Result<FindClaims> FindClaims::load(const std::vector<DataText>& files) {
  auto cues = claims::CueTable::load(files);
  if (!cues) return std::unexpected(cues.error());
  claims::Weights weights;
  for (const DataText& file : files)
    if (file.name == "patterns/claims-weights.txt") {
      auto read = claims::Weights::load(file);
      if (!read) return std::unexpected(read.error());
      weights = std::move(*read);
    }
  return FindClaims(std::move(*cues), std::move(weights));
}

void FindClaims::run(Document& doc, Workspace&) const {
  claims::Columns columns;
  // Without a parse there is nothing to walk; the layers are filled all the same, empty.
  if (doc.all<Syntax>().size() == doc.all<Token>().size()) columns = claims::build(cues_, weights_, doc);
  doc.fill(columns.claims);
  doc.fill(columns.contents);
  doc.fill(columns.events);
  doc.fill(columns.conflicts);
  doc.fill(columns.sides);
  doc.fill(columns.assessments);
  doc.fill(columns.steps);
}

}  // namespace annalist
