// The codebook as the engine uses it: event types, frames (which words evoke which type and where the
// actors stand), and the lexicons for status, support verbs, means, contexts and relations.
//
// Loaded from the texts below data/codebook/ (their form: data/codebook/README.md). Owns everything;
// immutable after load and shared by all threads.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/enums.h"
#include "event/words.h"
#include "pack/data_text.h"

namespace annalist::event {

/// Word classes that the engine itself asks for; a codebook must define each ("[armed]" in words/*.txt). It
/// may define more for its frames.
enum class Class : std::uint8_t {
  place,
  armed,
  person,
  political,
  weapon,
  property,
  partitive,
  abstract,
  time,
  event_noun,
  relative,
  death,
  wound,
  abducted,
  at_least,
  at_most,
  habitual,
  past,
  negative,
  subject_control,
  led,
  held,
  vague_place,
  doubt,
  report,
  state_force,
  counted,
  collective,
  military_site,
  protest_crowd,
  protest_noun,
  clause_link,
  implicative,
  singled_out,
  factive_about,
  bare_crowd,
  masked,
  civil_mark,
  settlement,
  steps_in,
  aircraft_word,
  gang,
  military_post,
  gunfight,
  raid_word,
  barricade,
  locative,
  judging,
  asks_on,
  site,
  conflict,
  begins,
  contains,
  lays_on,
  latest,
  spread,
  brokered,
  may_live,
  limb,
  count
};
constexpr ClassMask mask(Class c) { return ClassMask(1) << static_cast<unsigned>(c); }

// ---- types ------------------------------------------------------------------------------------------

/// ACLED's code depends on who fights whom, and on what befalls a demonstration; the first rule whose
/// conditions hold decides.
struct AcledRule {
  enum class Side : std::uint8_t { any, state, nonstate, civilians, protesters, crowd };
  /// What else the report tells of the same demonstration: its crowd riots, is shot at or killed, or police
  /// step in.
  enum class Crowd : std::uint8_t { any, intervened, shot_at, riots };
  Side actor = Side::any, target = Side::any;
  Crowd crowd = Crowd::any;
  bool battle = false;        // the side that is hit fights back, or both fight near it
  bool demonstrates = false;  // the crowd demonstrates, by the words near it
  bool arrests = false;       // a raid that ends in arrests and harms nobody
  std::string type, sub_type;
};

/// PLOVER codes what is promised, threatened, asked for or refused under another root than what was done
/// (manual 2.0: future cooperation is AGREE, a future hostile act THREATEN); the first rule that has the
/// event's status decides.
struct PloverRule {
  std::uint32_t statuses = 0;  // one bit an EventStatus; 0: any
  std::string type, mode;
};

using TypeId = std::uint16_t;

struct TypeInfo {
  std::string name, group, gloss;
  std::string written;             // the name in the output: bombing for a suicide bombing
  std::vector<PloverRule> plover;  // none: PLOVER has no code for it
  std::string cameo;
  std::vector<std::string> contexts;
  std::vector<AcledRule> acled;  // none: ACLED has no row for it
  float weight = 1;              // how likely a report is about an event of this type
  bool needs_actor = false, needs_target = false;
  bool symmetric = false;     // both sides are actors, nobody is target
  bool political = false;     // a speech act: its actor must be a political one
  bool violent = false;       // people can die of it: it takes the casualties named beside it
  bool by_police = false;     // without a doer it is the police's, if the report is theirs
  bool lasting = false;       // a state that goes on until it is ended: "under siege since May" holds today
  bool standing = false;      // tells whose a place is, not what happened: a control record, never an event
  bool stative = false;       // its participle describes, it tells nothing: "rebels backed by X"
  std::vector<TypeId> joins;  // weaker types that tell the same happening: capture joins enter
};

// ---- frames -----------------------------------------------------------------------------------------

enum class SlotKind : std::uint8_t {
  subject,
  object,
  indirect,
  owner,
  modifier,  // what stands before a noun: "product demonstration"
  clause,
  infinitive,
  inner,
  obliged,  // who must do what the clause says: "said that the rebels must leave"
  that,     // a finite clause that the verb governs: "protested that ..."
  purpose,  // what it is done for: "gathered to denounce", "marched, demanding"
  self,
  topic,  // what a noun is said of: "the town is under their control", "the areas under their control"
  preposition
};
struct SlotRef {
  SlotKind kind = SlotKind::subject;
  Word preposition = 0;
  bool operator==(const SlotRef&) const = default;
};

enum class FrameRole : std::uint8_t { actor, target, instrument, beneficiary, at, from, to };
inline constexpr std::size_t kFrameRoles = 7;

/// A condition on a frame: the slot is filled by a word of one of the classes (none given: by anything), or,
/// if `bar`, it is not.
struct Need {
  SlotRef slot;
  ClassMask classes = 0;
  bool bar = false;
};

struct Frame {
  std::string id, where;
  TypeId type = 0;
  std::array<std::vector<SlotRef>, kFrameRoles> roles;
  std::vector<Need> needs;
  bool of_is_subject = false;  // "the withdrawal of the troops": the troops withdraw
  bool result = false;         // a harm that another event of the clause may have brought
  bool recalls = false;        // speaks of a violent event told before; alone it makes none
  int prefer = 0;              // added to its score: a sense that outranks others
  // Frames of imported dictionaries: words that must stand before or after the trigger, in that order, each
  // one of several; and participants taken from anywhere on their side when the slots give none.
  std::vector<std::vector<Word>> before, after;
  enum class Wide : std::uint8_t { no, yes, turned, both } wide = Wide::no;
  std::optional<EventStatus> status;  // the words themselves say so: "foiled", "truce proposal"
  std::vector<std::string> must, must_not;
};

enum class TriggerKind : std::uint8_t { verb, noun, phrase, adjective };

/// One way to say it. verb: head + particle; noun: head + the modifiers before it; phrase: a verb, perhaps a
/// particle or preposition, and the noun that is its object or oblique.
struct Trigger {
  std::uint32_t frame = 0;
  TriggerKind kind = TriggerKind::verb;
  Word head = 0;
  Word middle = 0;           // particle or preposition; 0: none
  std::vector<Word> others;  // phrase: one of these nouns; noun: all of these modifiers
};

// ---- lexicons -----------------------------------------------------------------------------------------

/// What a word does to the event it governs: "plan", "deny", "alleged", "fail".
struct Governor {
  EventStatus status = EventStatus::actual;
  bool clause = true;           // governs xcomp, ccomp, acl, advcl
  bool nominal = true;          // governs a noun: object, passive subject, nmod, amod
  bool negated_actual = false;  // "did not hesitate to", "did not deny": with a negation the event stands
};

/// "carry out an attack", "come under fire", "an attack hit the town": a verb that only carries its noun.
struct Support {
  enum class Gives : std::uint8_t { nothing, actor, target };
  Word particle = 0, preposition = 0;  // preposition: the noun is an oblique of the verb
  bool noun_is_subject = false;
  Gives subject = Gives::actor, object = Gives::nothing;
};

/// "warplanes attacked": the means turn one type into a more telling one.
struct Means {
  std::vector<TypeId> from;
  TypeId to = 0;
  std::vector<Word> words;
  std::string mode;  // PLOVER mode, if the means name one
};

struct Context {
  std::string name;
  std::vector<Word> words;
};

/// Another sense of the same words: with `least` of `words` in a sentence, frames of `groups` do not fire.
struct Filter {
  std::string id;
  std::vector<Word> words;
  int least = 2;
  int document = 0;                 // so many different words in the document make it its subject; 0: never
  std::vector<std::string> groups;  // empty: all
};

/// A relation said by one word and its slots ("X is led by Y", "X, an affiliate of Y").
struct RelationPattern {
  std::string id;
  RelationKind kind = RelationKind::hostile;
  TriggerKind trigger = TriggerKind::noun;
  Word head = 0, particle = 0;
  std::vector<SlotRef> a, b;
  std::vector<std::string> must, must_not;
};

/// A sentence and what it must, or must not, give: "capture denied | The army did not capture the town."
struct Probe {
  std::string where, id, type, text;
  std::optional<EventStatus> status;  // none: any
  bool wanted = true;                 // false: must not give it
};

/// Numbers written as words: "dozens" = {24, 24, 99}.
struct NumberWord {
  std::int32_t low = -1, best = -1, high = -1;
};

class Codebook {
 public:
  /// Reads the texts whose names begin with "codebook/"; others are passed over. Errors name file:line: an
  /// unknown type, class, slot or key, a frame without a trigger, a class the engine needs and nobody
  /// defines.
  static Result<Codebook> load(const std::vector<DataText>& files);

  const Words& words() const { return words_; }
  const std::vector<TypeInfo>& types() const { return types_; }
  const TypeInfo& type(TypeId id) const { return types_[id]; }
  std::optional<TypeId> type_named(std::string_view name) const;
  const std::vector<Frame>& frames() const { return frames_; }
  /// The triggers whose head is that word, in file order.
  const std::vector<Trigger>& triggers(Word head) const { return triggers_[head]; }
  const std::vector<Support>& supports(Word verb) const { return supports_[verb]; }
  const std::vector<RelationPattern>& relations() const { return relations_; }
  /// Indexes into relations() of the patterns with that head.
  const std::vector<std::uint32_t>& relations_of(Word head) const { return relation_index_[head]; }
  const std::vector<Means>& means() const { return means_; }
  const std::vector<Probe>& probes() const { return probes_; }
  const std::vector<Context>& contexts() const { return contexts_; }
  const std::vector<Filter>& filters() const { return filters_; }
  /// What the word does as a verb, noun or adjective; null if nothing.
  const Governor* governor(Word w, Upos upos) const;
  const NumberWord* number(Word w) const;

 private:
  friend class CodebookReader;
  Words words_;
  std::vector<TypeInfo> types_;
  std::vector<Frame> frames_;
  std::vector<RelationPattern> relations_;
  std::vector<Means> means_;
  std::vector<Context> contexts_;
  std::vector<Probe> probes_;
  std::vector<Filter> filters_;
  // Indexed by Word.
  std::vector<std::vector<Trigger>> triggers_;
  std::vector<std::vector<Support>> supports_;
  std::vector<std::vector<std::uint32_t>> relation_index_;
  std::vector<std::array<std::optional<Governor>, 3>> governors_;  // verb, noun, adjective
  std::vector<std::optional<NumberWord>> numbers_;
};

}  // namespace annalist::event
