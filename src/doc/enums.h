// The closed vocabularies of the document, each with its name in JSON. The order of a name table is the
// order of the enum; tests/doc checks that both have the same length.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace annalist {

enum class BlockKind : std::uint8_t {
  headline,
  byline,
  paragraph,
  heading,
  caption,
  teaser,
  boilerplate,
  signoff
};
enum class PageKind : std::uint8_t { article, liveblog, list, teaser, other };
enum class PageForm : std::uint8_t {
  article,
  live_blog,
  list,
  video,
  paywall_stub,
  consent_page,
  not_article
};
enum class DateSource : std::uint8_t { none, json_ld, meta, visible, url, given };
enum class DatePrecision : std::uint8_t { day, month, year, hour, minute, second };

enum class Upos : std::uint8_t {
  adj,
  adp,
  adv,
  aux,
  cconj,
  det,
  intj,
  noun,
  num,
  part,
  pron,
  propn,
  punct,
  sconj,
  sym,
  verb,
  x
};

/// The relations of UD English (EWT and GUM). An unknown relation reads as `dep`.
enum class Deprel : std::uint8_t {
  root,
  acl,
  acl_relcl,
  advcl,
  advcl_relcl,
  advmod,
  amod,
  appos,
  aux,
  aux_pass,
  case_,
  cc,
  cc_preconj,
  ccomp,
  compound,
  compound_prt,
  conj,
  cop,
  csubj,
  csubj_pass,
  csubj_outer,
  dep,
  det,
  det_predet,
  discourse,
  dislocated,
  expl,
  fixed,
  flat,
  goeswith,
  iobj,
  list,
  mark,
  nmod,
  nmod_poss,
  nmod_unmarked,
  nsubj,
  nsubj_pass,
  nsubj_outer,
  nummod,
  obj,
  obl,
  obl_agent,
  obl_unmarked,
  orphan,
  parataxis,
  punct,
  reparandum,
  vocative,
  xcomp
};

enum class MorphFlag : std::uint16_t {
  plural = 1,
  past = 2,
  present = 4,
  participle = 8,
  infinitive = 16,
  gerund = 32,
  finite = 64,
  passive = 128,
  negative = 256,
  first_person = 512,
  second_person = 1024,
  third_person = 2048,
  possessive = 4096,
  masculine = 8192,
  feminine = 16384,
  imperative = 32768
};

enum class RoleLabel : std::uint8_t {
  none,
  arg0,
  arg1,
  arg2,
  arg3,
  arg4,
  arg5,
  adv,
  cau,
  com,
  dir,
  dis,
  ext,
  gol,
  loc,
  lvb,
  mnr,
  mod,
  neg,
  prd,
  prp,
  rec,
  tmp,
  cxn,
  adj,
  other
};

enum class EntityType : std::uint8_t { per, org, gpe, loc, fac, norp, group, weapon, event, misc };
enum class MentionForm : std::uint8_t { name, nominal, pronoun };

enum class TimeType : std::uint8_t { date, time, duration, set };
enum class PlacePrecision : std::uint8_t { exact, near, admin2, admin1, country };
/// Where an event's place or time was read: the words tied to it, its sentence, the telling before it, the
/// headline, what the whole report speaks of, or the day of the report.
enum class Basis : std::uint8_t { none, words, sentence, story, headline, report, reference };
enum class PlaceRole : std::uint8_t { mention, dateline, demonym, actor };

enum class ActorKind : std::uint8_t {
  none,
  state,
  military,
  police,
  armed_group,
  party,
  monitor,
  media,
  igo,
  ngo,
  civilians,
  person,
  coalition,
  government,
  judiciary,
  legislature,
  intelligence,
  militia,
  opposition,
  protesters,
  religious,
  ethnic,
  business,
  medical,
  education,
  refugees,
  labor,
  criminal,
  unknown_armed,
  other
};
enum class ActorFlag : std::uint8_t {
  composite = 1,
  guessed = 2,
  collective = 4,
  named_person = 8,
  leader = 16
};

enum class EventRole : std::uint8_t { actor, target, instrument, beneficiary };
enum class EventPlaceRole : std::uint8_t { at, from, to };
enum class EventStatus : std::uint8_t {
  actual,
  ongoing,
  planned,
  threatened,
  demanded,
  hypothetical,
  denied,
  historical,
  generic
};
enum class TimePrecision : std::uint8_t { day, week, month, year, unknown };

enum class SourceKind : std::uint8_t {
  party,
  official,
  monitor,
  medic,
  witness,
  journalist,
  document,
  anonymous,
  narrator
};
enum class ClaimForm : std::uint8_t { direct, indirect, mixed, narrator };
enum class Stance : std::uint8_t {
  asserts,
  denies,
  confirms,
  accuses,
  vows,
  threatens,
  demands,
  predicts,
  doubts,
  hedges
};
enum class Certainty : std::uint8_t { certain, probable, possible, unknown };
enum class ConflictKind : std::uint8_t { polarity, count, cause, actor, time, place };
/// Where the claims of one report leave an event: nobody doubts it; said and denied; only denied; said by
/// nobody whose word stands alone.
enum class Standing : std::uint8_t { uncontested, contested, denied, unverified };
enum class RelationKind : std::uint8_t {
  hostile,
  allied,
  supports,
  part_of,
  affiliate,
  leads,
  joined,
  defected_from,
  negotiates_with
};
enum class ControlHow : std::uint8_t { captured, entered, withdrew, handed_over, besieged, contested };

/// Names<E>::table[i] is the JSON name of the i-th value of E.
template <class E>
struct Names;
#define ANNALIST_NAMES(E, ...)                                                    \
  template <>                                                                     \
  struct Names<E> {                                                               \
    static constexpr auto table = std::to_array<std::string_view>({__VA_ARGS__}); \
  };
ANNALIST_NAMES(BlockKind, "headline", "byline", "paragraph", "heading", "caption", "teaser", "boilerplate",
               "signoff")
ANNALIST_NAMES(PageKind, "article", "liveblog", "list", "teaser", "other")
ANNALIST_NAMES(PageForm, "article", "live_blog", "list", "video", "paywall_stub", "consent_page",
               "not_article")
ANNALIST_NAMES(DateSource, "none", "json-ld", "meta", "visible", "url", "given")
ANNALIST_NAMES(DatePrecision, "day", "month", "year", "hour", "minute", "second")
ANNALIST_NAMES(Upos, "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
               "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
ANNALIST_NAMES(Deprel, "root", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux",
               "aux:pass", "case", "cc", "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop",
               "csubj", "csubj:pass", "csubj:outer", "dep", "det", "det:predet", "discourse", "dislocated",
               "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:poss",
               "nmod:unmarked", "nsubj", "nsubj:pass", "nsubj:outer", "nummod", "obj", "obl", "obl:agent",
               "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "vocative", "xcomp")
ANNALIST_NAMES(RoleLabel, "none", "ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5", "ARGM-ADV", "ARGM-CAU",
               "ARGM-COM", "ARGM-DIR", "ARGM-DIS", "ARGM-EXT", "ARGM-GOL", "ARGM-LOC", "ARGM-LVB", "ARGM-MNR",
               "ARGM-MOD", "ARGM-NEG", "ARGM-PRD", "ARGM-PRP", "ARGM-REC", "ARGM-TMP", "ARGM-CXN", "ARGM-ADJ",
               "other")
ANNALIST_NAMES(EntityType, "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "GROUP", "WEAPON", "EVENT", "MISC")
ANNALIST_NAMES(MentionForm, "name", "nominal", "pronoun")
ANNALIST_NAMES(TimeType, "DATE", "TIME", "DURATION", "SET")
ANNALIST_NAMES(PlacePrecision, "exact", "near", "admin2", "admin1", "country")
ANNALIST_NAMES(PlaceRole, "mention", "dateline", "demonym", "actor")
ANNALIST_NAMES(ActorKind, "none", "state", "military", "police", "armed_group", "party", "monitor", "media",
               "igo", "ngo", "civilians", "person", "coalition", "government", "judiciary", "legislature",
               "intelligence", "militia", "opposition", "protesters", "religious", "ethnic", "business",
               "medical", "education", "refugees", "labor", "criminal", "unknown_armed", "other")
ANNALIST_NAMES(EventRole, "actor", "target", "instrument", "beneficiary")
ANNALIST_NAMES(EventPlaceRole, "at", "from", "to")
ANNALIST_NAMES(EventStatus, "actual", "ongoing", "planned", "threatened", "demanded", "hypothetical",
               "denied", "historical", "generic")
ANNALIST_NAMES(Basis, "none", "words", "sentence", "story", "headline", "report", "reference")
ANNALIST_NAMES(TimePrecision, "day", "week", "month", "year", "unknown")
ANNALIST_NAMES(SourceKind, "party", "official", "monitor", "medic", "witness", "journalist", "document",
               "anonymous", "narrator")
ANNALIST_NAMES(ClaimForm, "direct", "indirect", "mixed", "narrator")
ANNALIST_NAMES(Stance, "asserts", "denies", "confirms", "accuses", "vows", "threatens", "demands", "predicts",
               "doubts", "hedges")
ANNALIST_NAMES(Certainty, "certain", "probable", "possible", "unknown")
ANNALIST_NAMES(Standing, "uncontested", "contested", "denied", "unverified")
ANNALIST_NAMES(ConflictKind, "polarity", "count", "cause", "actor", "time", "place")
ANNALIST_NAMES(RelationKind, "hostile", "allied", "supports", "part_of", "affiliate", "leads", "joined",
               "defected_from", "negotiates_with")
ANNALIST_NAMES(ControlHow, "captured", "entered", "withdrew", "handed_over", "besieged", "contested")
#undef ANNALIST_NAMES

/// The JSON name of a value.
template <class E>
constexpr std::string_view name_of(E value) {
  return Names<E>::table[static_cast<std::size_t>(value)];
}

/// The value with that JSON name, or nothing.
template <class E>
constexpr std::optional<E> from_name(std::string_view name) {
  for (std::size_t i = 0; i < Names<E>::table.size(); ++i)
    if (Names<E>::table[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace annalist
