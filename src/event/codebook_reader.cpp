#include "event/codebook_reader.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace annalist::event {
namespace {

constexpr std::string_view kCoreClasses[] = {
    "place",         "armed",       "person",        "political",     "weapon",
    "property",      "partitive",   "abstract",      "time",          "event",
    "relative",      "death",       "wound",         "abducted",      "at_least",
    "at_most",       "habitual",    "past",          "negative",      "subject_control",
    "led",           "held",        "vague_place",   "doubt",         "report",
    "state_force",   "counted",     "collective",    "military_site", "protest_crowd",
    "protest_noun",  "clause_link", "implicative",   "singled_out",   "factive_about",
    "bare_crowd",    "masked",      "civil_mark",    "settlement",    "steps_in",
    "aircraft_word", "gang",        "military_post", "gunfight",      "raid_word",
    "barricade",     "locative",    "judging",       "asks_on",       "site",
    "conflict",      "begins",      "contains",      "lays_on",       "latest",
    "spread",        "brokered",    "may_live",      "limb"};
static_assert(std::size(kCoreClasses) == static_cast<std::size_t>(Class::count));

std::string at(const Stanza& s, const StanzaField& f) { return s.file + ":" + std::to_string(f.line); }

bool yes(std::string_view value) { return value == "yes"; }

}  // namespace

Result<int> whole_number(std::string_view text, const std::string& where) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return fail("'" + std::string(text) + "' is no whole number", where);
  return value;
}

Result<Codebook> CodebookReader::read(const std::vector<DataText>& files) {
  for (const std::string_view name : kCoreClasses) classes_.emplace_back(name);
  struct Part {
    std::string_view prefix;
    Status (CodebookReader::*read)(const DataText&);
  };
  // In this order: frames name types and classes, so those come first whatever the order of the files.
  static constexpr Part kParts[] = {{"codebook/words/", &CodebookReader::read_classes},
                                    {"codebook/types", &CodebookReader::read_types},
                                    {"codebook/means", &CodebookReader::read_means},
                                    {"codebook/status", &CodebookReader::read_status},
                                    {"codebook/support", &CodebookReader::read_support},
                                    {"codebook/contexts", &CodebookReader::read_contexts},
                                    {"codebook/filters", &CodebookReader::read_filters},
                                    {"codebook/numbers", &CodebookReader::read_numbers},
                                    {"codebook/relations", &CodebookReader::read_relations},
                                    {"codebook/frames/", &CodebookReader::read_frames},
                                    {"codebook/probes", &CodebookReader::read_probes}};
  for (const Part& part : kParts) {
    bool found = false;
    for (const DataText& file : files) {
      if (!file.name.starts_with(part.prefix)) continue;
      found = true;
      if (const Status done = (this->*part.read)(file); !done) return std::unexpected(done.error());
    }
    // A user's codebook may do without probes.
    if (!found && part.prefix != "codebook/probes")
      return fail("no data file " + std::string(part.prefix) + "*", "codebook", "run `make data`");
  }
  if (const Status done = index(); !done) return std::unexpected(done.error());
  return std::move(book_);
}

std::vector<Word> CodebookReader::word_list(const std::vector<std::string_view>& words) {
  std::vector<Word> out;
  for (const std::string_view w : words) out.push_back(book_.words_.add(lower(w)));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Status CodebookReader::read_classes(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"words", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    auto it = std::find(classes_.begin(), classes_.end(), s.id);
    if (it == classes_.end()) {
      if (classes_.size() == ClassMask::kMost) return fail("too many word classes", s.where());
      it = classes_.insert(classes_.end(), s.id);
    }
    const ClassMask bit = ClassMask(1) << static_cast<std::size_t>(it - classes_.begin());
    if (s.list("words").empty()) return fail("class [" + s.id + "] has no words", s.where());
    for (const Word w : word_list(s.list("words"))) book_.words_.mark(w, bit);
  }
  return {};
}

Result<TypeId> CodebookReader::type(std::string_view name, const std::string& where) const {
  if (const auto id = book_.type_named(name)) return *id;
  return fail("no event type '" + std::string(name) + "'", where, "types are listed in codebook/types.txt");
}

Result<AcledRule> CodebookReader::acled_rule(std::string_view text, const std::string& where) const {
  // "actor state, target civilians => Violence against civilians / Attack"
  AcledRule rule;
  if (const std::size_t arrow = text.find("=>"); arrow != std::string_view::npos) {
    for (const std::string_view condition : split_list(text.substr(0, arrow), ',')) {
      const auto words = split_list(condition, ' ');
      using Side = AcledRule::Side;
      using Crowd = AcledRule::Crowd;
      if (words.size() == 1 &&
          (words[0] == "battle" || words[0] == "demonstrates" || words[0] == "arrests")) {
        rule.battle |= words[0] == "battle";
        rule.demonstrates |= words[0] == "demonstrates";
        rule.arrests |= words[0] == "arrests";
        continue;
      }
      if (words.size() == 2 && words[0] == "crowd") {
        rule.crowd = words[1] == "riots"        ? Crowd::riots
                     : words[1] == "shot_at"    ? Crowd::shot_at
                     : words[1] == "intervened" ? Crowd::intervened
                                                : Crowd::any;
        if (rule.crowd == Crowd::any) return fail("expected 'crowd riots|shot_at|intervened'", where);
        continue;
      }
      if (words.size() != 2)
        return fail("expected 'actor|target state|nonstate|civilians|protesters|crowd'", where);
      const Side side = words[1] == "state"        ? Side::state
                        : words[1] == "nonstate"   ? Side::nonstate
                        : words[1] == "protesters" ? Side::protesters
                        : words[1] == "crowd"      ? Side::crowd
                        : words[1] == "civilians"  ? Side::civilians
                                                   : Side::any;
      if (side == Side::any) return fail("unknown side '" + std::string(words[1]) + "'", where);
      if (words[0] == "actor")
        rule.actor = side;
      else if (words[0] == "target")
        rule.target = side;
      else
        return fail("expected 'actor' or 'target'", where);
    }
    text = text.substr(arrow + 2);
  }
  // The separator has blanks around it, because the codes themselves hold slashes.
  const std::size_t slash = text.find(" / ");
  if (slash == std::string_view::npos) return fail("expected 'event type / sub-event type'", where);
  rule.type = trim(text.substr(0, slash));
  rule.sub_type = trim(text.substr(slash + 3));
  return rule;
}

Result<PloverRule> CodebookReader::plover_rule(std::string_view text, const std::string& where) const {
  // "planned|threatened => THREATEN / violence"
  PloverRule rule;
  if (const std::size_t arrow = text.find("=>"); arrow != std::string_view::npos) {
    for (const std::string_view name : split_list(text.substr(0, arrow), '|')) {
      const auto status = from_name<EventStatus>(name);
      if (!status) return fail("unknown status '" + std::string(name) + "'", where);
      rule.statuses |= 1u << static_cast<unsigned>(*status);
    }
    text = text.substr(arrow + 2);
  }
  rule.type = trim(text.substr(0, text.find('/')));
  if (text.find('/') != std::string_view::npos) rule.mode = trim(text.substr(text.find('/') + 1));
  if (rule.type.empty()) return fail("expected 'TYPE' or 'TYPE / mode'", where);
  return rule;
}

Status CodebookReader::read_types(const DataText& file) {
  auto stanzas = parse_stanzas(
      file.text, file.name,
      {"group", "gloss", "plover", "cameo", "contexts", "acled", "weight", "needs", "symmetric", "political",
       "violent", "joins", "written", "standing", "lasting", "stative", "by_police", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    TypeInfo t;
    t.name = s.id;
    t.group = s.get("group");
    t.gloss = s.get("gloss");
    t.written = s.get("written").empty() ? t.name : std::string(s.get("written"));
    t.cameo = s.get("cameo");
    for (const auto c : s.list("contexts")) t.contexts.emplace_back(c);
    for (const StanzaField& f : s.fields) {
      if (f.key == "acled") {
        auto rule = acled_rule(f.value, at(s, f));
        if (!rule) return std::unexpected(rule.error());
        t.acled.push_back(std::move(*rule));
      } else if (f.key == "plover") {
        auto rule = plover_rule(f.value, at(s, f));
        if (!rule) return std::unexpected(rule.error());
        t.plover.push_back(std::move(*rule));
      } else if (f.key == "weight") {
        const auto value = whole_number(f.value, at(s, f));
        if (!value) return std::unexpected(value.error());
        t.weight = static_cast<float>(*value);
      }
    }
    for (const auto need : s.list("needs")) {
      if (need != "actor" && need != "target") return fail("'needs' takes actor, target", s.where());
      (need == "actor" ? t.needs_actor : t.needs_target) = true;
    }
    t.symmetric = yes(s.get("symmetric"));
    t.political = yes(s.get("political"));
    t.violent = yes(s.get("violent"));
    t.standing = yes(s.get("standing"));
    t.lasting = yes(s.get("lasting"));
    t.stative = yes(s.get("stative"));
    t.by_police = yes(s.get("by_police"));
    if (t.group.empty() || t.gloss.empty())
      return fail("type [" + s.id + "] needs group and gloss", s.where());
    book_.types_.push_back(std::move(t));
  }
  for (const Stanza& s : *stanzas)
    for (const auto name : s.list("joins")) {
      const auto other = type(name, s.where());
      if (!other) return std::unexpected(other.error());
      book_.types_[*book_.type_named(s.id)].joins.push_back(*other);
    }
  return {};
}

Status CodebookReader::read_means(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"from", "type", "words", "mode", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Means m;
    const auto to = type(s.get("type"), s.where());
    if (!to) return std::unexpected(to.error());
    m.to = *to;
    for (const auto name : s.list("from")) {
      const auto from = type(name, s.where());
      if (!from) return std::unexpected(from.error());
      m.from.push_back(*from);
    }
    m.mode = s.get("mode");
    m.words = word_list(s.list("words"));
    book_.means_.push_back(std::move(m));
  }
  return {};
}

Status CodebookReader::read_status(const DataText& file) {
  auto stanzas =
      parse_stanzas(file.text, file.name, {"status", "verb", "noun", "adj", "governs", "negated", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Governor g;
    const auto status = from_name<EventStatus>(s.get("status"));
    if (!status) return fail("unknown status '" + std::string(s.get("status")) + "'", s.where());
    g.status = *status;
    if (const auto governs = s.list("governs"); !governs.empty()) {
      g.clause = std::find(governs.begin(), governs.end(), "clause") != governs.end();
      g.nominal = std::find(governs.begin(), governs.end(), "noun") != governs.end();
    }
    g.negated_actual = s.get("negated") == "actual";
    constexpr std::string_view kParts[] = {"verb", "noun", "adj"};
    for (std::size_t part = 0; part < 3; ++part)
      for (const Word w : word_list(s.list(kParts[part]))) governors_.push_back({w, part, g});
  }
  return {};
}

Status CodebookReader::read_support(const DataText& file) {
  auto stanzas =
      parse_stanzas(file.text, file.name, {"verb", "noun_is", "preposition", "subject", "object", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Support base;
    base.noun_is_subject = s.get("noun_is") == "subject";
    const auto gives = [](std::string_view v) {
      return v == "actor"    ? Support::Gives::actor
             : v == "target" ? Support::Gives::target
                             : Support::Gives::nothing;
    };
    base.subject = gives(s.get("subject"));
    base.object = gives(s.get("object"));
    std::vector<Word> prepositions = word_list(s.list("preposition"));
    if (prepositions.empty()) prepositions.push_back(0);
    for (const std::string_view verb : s.list("verb")) {
      const auto parts = split_list(verb, ' ');
      if (parts.size() > 2) return fail("a support verb is a verb and at most a particle", s.where());
      for (const Word preposition : prepositions) {
        Support support = base;
        support.preposition = preposition;
        if (parts.size() == 2) support.particle = book_.words_.add(parts[1]);
        supports_.emplace_back(book_.words_.add(parts[0]), support);
      }
    }
  }
  return {};
}

Status CodebookReader::read_contexts(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"words", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) book_.contexts_.push_back({s.id, word_list(s.list("words"))});
  return {};
}

Status CodebookReader::read_filters(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"words", "least", "document", "groups", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Filter f;
    f.id = s.id;
    f.words = word_list(s.list("words"));
    if (!s.get("least").empty()) {
      const auto least = whole_number(s.get("least"), s.where());
      if (!least) return std::unexpected(least.error());
      f.least = *least;
    }
    if (!s.get("document").empty()) {
      const auto document = whole_number(s.get("document"), s.where());
      if (!document) return std::unexpected(document.error());
      f.document = *document;
    }
    for (const auto g : s.list("groups")) f.groups.emplace_back(g);
    book_.filters_.push_back(std::move(f));
  }
  return {};
}

Status CodebookReader::read_numbers(const DataText& file) {
  auto table = parse_table(file.text, file.name);
  if (!table) return std::unexpected(table.error());
  std::size_t columns[4];
  constexpr std::string_view kNames[] = {"word", "low", "best", "high"};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto column = table->column(kNames[i], file.name);
    if (!column) return std::unexpected(column.error());
    columns[i] = *column;
  }
  for (const auto& row : table->rows) {
    int value[4] = {};
    for (std::size_t i = 1; i < 4; ++i) {
      const auto number = whole_number(row[columns[i]], std::string(file.name) + ", row " + row[columns[0]]);
      if (!number) return std::unexpected(number.error());
      value[i] = *number;
    }
    numbers_.emplace_back(book_.words_.add(row[columns[0]]), NumberWord{value[1], value[2], value[3]});
  }
  return {};
}

Status CodebookReader::index() {
  for (std::size_t c = 0; c < static_cast<std::size_t>(Class::count); ++c) {
    bool used = false;
    for (Word w = 1; w < book_.words_.size() && !used; ++w)
      used = (book_.words_.classes(w) & mask(static_cast<Class>(c))) != 0;
    if (!used) return fail("word class [" + classes_[c] + "] is missing", "codebook/words/");
  }
  const std::size_t n = book_.words_.size();
  book_.triggers_.resize(n);
  book_.supports_.resize(n);
  book_.relation_index_.resize(n);
  book_.governors_.resize(n);
  book_.numbers_.resize(n);
  for (Trigger& t : triggers_) book_.triggers_[t.head].push_back(std::move(t));
  for (const auto& [verb, support] : supports_) book_.supports_[verb].push_back(support);
  for (std::uint32_t r = 0; r < book_.relations_.size(); ++r)
    book_.relation_index_[book_.relations_[r].head].push_back(r);
  for (const GovernorEntry& g : governors_) book_.governors_[g.word][g.part] = g.governor;
  for (const auto& [word, number] : numbers_) book_.numbers_[word] = number;
  return {};
}

}  // namespace annalist::event
