// The part of CodebookReader that reads frames and relation patterns: triggers, slots, conditions.
#include <algorithm>

#include "base/strings.h"
#include "event/codebook_reader.h"

namespace annalist::event {
namespace {

std::string at(const Stanza& s, const StanzaField& f) { return s.file + ":" + std::to_string(f.line); }

constexpr std::string_view kRoleKeys[kFrameRoles] = {"actor", "target", "instrument", "beneficiary",
                                                     "at",    "from",   "to"};

}  // namespace

Result<std::vector<SlotRef>> CodebookReader::slots(std::string_view text, const std::string& where) {
  std::vector<SlotRef> out;
  for (const std::string_view part : split_list(text, '|')) {
    SlotRef slot;
    if (part == "subj")
      slot.kind = SlotKind::subject;
    else if (part == "obj")
      slot.kind = SlotKind::object;
    else if (part == "iobj")
      slot.kind = SlotKind::indirect;
    else if (part == "owner")
      slot.kind = SlotKind::owner;
    else if (part == "modifier")
      slot.kind = SlotKind::modifier;
    else if (part == "clause")
      slot.kind = SlotKind::clause;
    else if (part == "self")
      slot.kind = SlotKind::self;
    else if (part == "topic")
      slot.kind = SlotKind::topic;
    else if (part == "inner")
      slot.kind = SlotKind::inner;
    else if (part == "infinitive")
      slot.kind = SlotKind::infinitive;
    else if (part == "obliged")
      slot.kind = SlotKind::obliged;
    else if (part == "that")
      slot.kind = SlotKind::that;
    else if (part == "purpose")
      slot.kind = SlotKind::purpose;
    else if (part.find(' ') != std::string_view::npos)
      return fail("unknown slot '" + std::string(part) + "'", where,
                  "slots are subj, obj, iobj, owner, modifier, topic, clause, that, infinitive, purpose, "
                  "inner, obliged, "
                  "self or a preposition, separated by |");
    else {
      slot.kind = SlotKind::preposition;
      slot.preposition = book_.words_.add(part);
    }
    out.push_back(slot);
  }
  if (out.empty()) return fail("no slot given", where);
  return out;
}

Result<Need> CodebookReader::need(std::string_view text, bool bar, const std::string& where) {
  // "obj place|property": the slot, then the classes; without classes the slot must only be there.
  Need out;
  out.bar = bar;
  const std::size_t blank = text.find(' ');
  const auto slot = slots(text.substr(0, blank), where);
  if (!slot) return std::unexpected(slot.error());
  if (slot->size() != 1) return fail("a condition is about one slot", where);
  out.slot = slot->front();
  if (blank == std::string_view::npos) return out;
  for (const std::string_view name : split_list(text.substr(blank + 1), '|')) {
    const auto it = std::find(classes_.begin(), classes_.end(), name);
    if (it == classes_.end())
      return fail("no word class '" + std::string(name) + "'", where, "classes are in codebook/words/");
    out.classes |= ClassMask(1) << static_cast<std::size_t>(it - classes_.begin());
  }
  return out;
}

Status CodebookReader::add_triggers(const StanzaField& field, TriggerKind kind, std::uint32_t frame) {
  for (const std::string_view entry : split_list(field.value)) {
    const auto parts = split_list(entry, ' ');
    Trigger t;
    t.frame = frame;
    t.kind = kind;
    if (kind == TriggerKind::noun) {
      t.head = book_.words_.add(parts.back());
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) t.others.push_back(book_.words_.add(parts[i]));
    } else if (kind == TriggerKind::phrase) {
      if (parts.size() < 2 || parts.size() > 3)
        return fail("a phrase is a verb, perhaps one small word, and a noun: '" + std::string(entry) + "'",
                    book_.frames_.back().where + " line " + std::to_string(field.line));
      t.head = book_.words_.add(parts[0]);
      if (parts.size() == 3) t.middle = book_.words_.add(parts[1]);
      for (const std::string_view noun : split_list(parts.back(), '|'))
        t.others.push_back(book_.words_.add(noun));
    } else {
      if (parts.size() > 2)
        return fail("a verb is one word and at most a particle: '" + std::string(entry) + "'",
                    book_.frames_.back().where + " line " + std::to_string(field.line));
      t.head = book_.words_.add(parts[0]);
      if (parts.size() == 2) t.middle = book_.words_.add(parts[1]);
    }
    triggers_.push_back(std::move(t));
  }
  return {};
}

Status CodebookReader::read_frames(const DataText& file) {
  auto stanzas = parse_stanzas(
      file.text, file.name,
      {"type", "verb",    "noun", "phrase", "adj",    "actor", "target", "instrument", "beneficiary",
       "at",   "from",    "to",   "need",   "bar",    "of",    "result", "recalls",    "status",
       "must", "mustnot", "note", "prefer", "before", "after", "wide",   "examples"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    if (const auto [it, fresh] = frame_ids_.emplace(s.id, s.where()); !fresh)
      return fail("frame [" + s.id + "] stands twice, also at " + it->second, s.where());
    const auto id = static_cast<std::uint32_t>(book_.frames_.size());
    book_.frames_.push_back({});
    Frame& frame = book_.frames_.back();
    frame.id = s.id;
    frame.where = s.where();
    const auto frame_type = type(s.get("type"), s.where());
    if (!frame_type) return std::unexpected(frame_type.error());
    frame.type = *frame_type;
    frame.of_is_subject = s.get("of") == "subj";
    frame.result = s.get("result") == "yes";
    frame.recalls = s.get("recalls") == "yes";
    if (!s.get("prefer").empty()) {
      const auto value = whole_number(s.get("prefer"), s.where());
      if (!value) return std::unexpected(value.error());
      frame.prefer = *value;
    }
    if (!s.get("status").empty()) {
      frame.status = from_name<EventStatus>(s.get("status"));
      if (!frame.status) return fail("unknown status '" + std::string(s.get("status")) + "'", s.where());
    }
    for (const auto& [key, to] : {std::pair{"before", &frame.before}, std::pair{"after", &frame.after}})
      for (const std::string_view word : split_list(s.get(key), ' ')) {
        to->push_back({});
        for (const std::string_view one : split_list(word, '|')) to->back().push_back(book_.words_.add(one));
      }
    if (const std::string_view wide = s.get("wide"); !wide.empty() && wide != "no") {
      if (wide != "yes" && wide != "turned" && wide != "both")
        return fail("unknown value '" + std::string(wide) + "' of wide", s.where(),
                    "use yes, turned, both or no");
      frame.wide = wide == "both"     ? Frame::Wide::both
                   : wide == "turned" ? Frame::Wide::turned
                                      : Frame::Wide::yes;
    }
    const std::size_t triggers_before = triggers_.size();
    for (const StanzaField& f : s.fields) {
      const auto role = std::find(std::begin(kRoleKeys), std::end(kRoleKeys), f.key);
      if (role != std::end(kRoleKeys)) {
        auto refs = slots(f.value, at(s, f));
        if (!refs) return std::unexpected(refs.error());
        frame.roles[std::size_t(role - std::begin(kRoleKeys))] = std::move(*refs);
      } else if (f.key == "need" || f.key == "bar") {
        for (const std::string_view part : split_list(f.value)) {
          const auto n = need(part, f.key == "bar", at(s, f));
          if (!n) return std::unexpected(n.error());
          frame.needs.push_back(*n);
        }
      } else if (f.key == "must") {
        frame.must.push_back(f.value);
      } else if (f.key == "mustnot") {
        frame.must_not.push_back(f.value);
      } else if (f.key == "verb" || f.key == "noun" || f.key == "phrase" || f.key == "adj") {
        const TriggerKind kind = f.key == "verb"   ? TriggerKind::verb
                                 : f.key == "noun" ? TriggerKind::noun
                                 : f.key == "adj"  ? TriggerKind::adjective
                                                   : TriggerKind::phrase;
        if (const Status done = add_triggers(f, kind, id); !done) return done;
      }
    }
    if (triggers_.size() == triggers_before) return fail("frame [" + s.id + "] has no trigger", s.where());
    if (frame.must.empty() && s.get("examples") != "none")
      return fail("frame [" + s.id + "] has no 'must' sentence", s.where());
  }
  return {};
}

Status CodebookReader::read_probes(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"must", "mustnot", "miss", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas)
    for (const StanzaField& f : s.fields) {
      if (f.key != "must" && f.key != "mustnot") continue;  // a miss is known and not asked for
      // "capture denied | The army did not capture the town."
      const std::string_view value = f.value;
      const std::size_t bar = value.find('|');
      if (bar == std::string_view::npos) return fail("expected 'type status | sentence'", at(s, f));
      const auto words = split_list(value.substr(0, bar), ' ');
      if (words.empty() || words.size() > 2) return fail("expected 'type status | sentence'", at(s, f));
      Probe probe;
      probe.where = at(s, f);
      probe.id = s.id;
      probe.type = words[0];
      probe.text = trim(value.substr(bar + 1));
      probe.wanted = f.key == "must";
      const bool known = std::any_of(book_.types_.begin(), book_.types_.end(),
                                     [&](const TypeInfo& t) { return t.written == probe.type; });
      if (!known) return fail("no event type '" + probe.type + "'", at(s, f));
      if (words.size() == 2) {
        probe.status = from_name<EventStatus>(words[1]);
        if (!probe.status) return fail("unknown status '" + std::string(words[1]) + "'", at(s, f));
      }
      book_.probes_.push_back(std::move(probe));
    }
  return {};
}

Status CodebookReader::read_relations(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name,
                               {"relation", "verb", "noun", "adj", "a", "b", "must", "mustnot", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    RelationPattern base;
    base.id = s.id;
    const auto kind = from_name<RelationKind>(s.get("relation"));
    if (!kind) return fail("unknown relation '" + std::string(s.get("relation")) + "'", s.where());
    base.kind = *kind;
    auto a = slots(s.get("a"), s.where());
    if (!a) return std::unexpected(a.error());
    auto b = slots(s.get("b"), s.where());
    if (!b) return std::unexpected(b.error());
    base.a = std::move(*a);
    base.b = std::move(*b);
    for (const auto m : s.all("must")) base.must.emplace_back(m);
    for (const auto m : s.all("mustnot")) base.must_not.emplace_back(m);
    constexpr std::pair<std::string_view, TriggerKind> kKinds[] = {
        {"verb", TriggerKind::verb}, {"noun", TriggerKind::noun}, {"adj", TriggerKind::adjective}};
    for (const auto& [key, trigger] : kKinds)
      for (const std::string_view entry : s.list(key)) {
        const auto parts = split_list(entry, ' ');
        RelationPattern p = base;
        p.trigger = trigger;
        p.head = book_.words_.add(parts[0]);
        if (parts.size() > 1) p.particle = book_.words_.add(parts[1]);
        book_.relations_.push_back(std::move(p));
      }
  }
  return {};
}

}  // namespace annalist::event
