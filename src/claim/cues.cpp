#include "claim/cues.h"

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::claims {
namespace {

Result<Frame> frame_of(std::string_view name, const std::string& where) {
  if (name == "clause") return Frame{FrameKind::clause, {}};
  if (name == "quote") return Frame{FrameKind::quote, {}};
  if (name == "to") return Frame{FrameKind::infinitive, {}};
  if (name == "ing") return Frame{FrameKind::gerund, {}};
  if (name == "object") return Frame{FrameKind::object, {}};
  if (name == "passive-clause") return Frame{FrameKind::passive_clause, {}};
  if (name == "subject+to") return Frame{FrameKind::subject_to, {}};
  if (name.starts_with("obl:")) return Frame{FrameKind::oblique, std::string(name.substr(4))};
  if (name.starts_with("object+")) return Frame{FrameKind::object_with, std::string(name.substr(7))};
  return fail("unknown frame '" + std::string(name) + "'", where);
}

std::optional<CueClass> class_of(std::string_view name) {
  if (name == "adverb") return CueClass::adverb;
  if (name == "prep") return CueClass::preposition;
  if (name == "light") return CueClass::light;
  if (name == "negator") return CueClass::negator;
  if (name == "channel") return CueClass::channel;
  if (name == "kin") return CueClass::kin;
  if (name == "shame") return CueClass::shame;
  if (name == "carrier") return CueClass::carrier;
  if (name == "unanswered") return CueClass::unanswered;
  if (name == "loss") return CueClass::loss;
  if (name == "knowing") return CueClass::knowing;
  return std::nullopt;
}

/// The words between two marks, or "".
std::string marked(std::string_view text, char open, char close) {
  const std::size_t a = text.find(open);
  const std::size_t b = text.find(close, a == std::string_view::npos ? 0 : a);
  if (a == std::string_view::npos || b == std::string_view::npos) return {};
  return std::string(text.substr(a + 1, b - a - 1));
}

Example example_of(std::string_view id, std::string_view marked_up, bool must) {
  Example e;
  e.cue = id;
  e.must = must;
  e.missed = marked_up.starts_with("? ");
  if (e.missed) marked_up.remove_prefix(2);
  e.source = marked(marked_up, '[', ']');
  e.cue_words = marked(marked_up, '<', '>');
  e.content = marked(marked_up, '{', '}');
  for (char c : marked_up)
    if (std::string_view("[]<>{}").find(c) == std::string_view::npos) e.text += c;
  return e;
}

const std::vector<std::string_view> kCueKeys = {"class",     "lemma",   "frames", "stance", "polarity",
                                                "certainty", "carries", "voice",  "needs",  "must",
                                                "mustnot",   "note",    "finite"};

}  // namespace

Result<CueTable> CueTable::load(const std::vector<DataText>& files) {
  CueTable table;
  bool any = false;
  for (const DataText& file : files) {
    Status status;
    if (file.name == "patterns/claims-verbs.txt")
      status = table.read_cues(file, CueClass::verb);
    else if (file.name == "patterns/claims-nouns.txt")
      status = table.read_cues(file, CueClass::noun);
    else if (file.name == "patterns/claims-other.txt")
      status = table.read_cues(file, CueClass::adverb);
    else if (file.name == "patterns/claims-sources.txt")
      status = table.read_sources(file);
    else
      continue;
    any = true;
    if (!status) return std::unexpected(status.error());
  }
  if (!any) return fail("no cues of claims", "patterns/claims-*.txt", "build the codebook again");
  return table;
}

Status CueTable::read_cues(const DataText& file, CueClass type) {
  auto stanzas = parse_stanzas(file.text, file.name, kCueKeys);
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Cue cue;
    cue.id = s.id;
    cue.type = type;
    if (type == CueClass::adverb) {
      const auto named = class_of(s.get("class"));
      if (!named)
        return fail(
            "class must be adverb, prep, light, negator, channel, kin, shame, loss, carrier, knowing or "
            "unanswered",
            s.where());
      cue.type = *named;
    }
    const auto stance = from_name<Stance>(s.get("stance"));
    if (!stance) return fail("unknown stance '" + std::string(s.get("stance")) + "'", s.where());
    cue.stance = *stance;
    if (const std::string_view c = s.get("certainty"); !c.empty()) {
      const auto certainty = from_name<Certainty>(c);
      if (!certainty) return fail("unknown certainty '" + std::string(c) + "'", s.where());
      cue.certainty = *certainty;
    }
    cue.positive = s.get("polarity") != "-";
    cue.carries = s.get("carries") == "yes";
    cue.finite = s.get("finite") == "yes";
    cue.narrator = s.get("voice") == "narrator";
    if (const std::string_view need = s.get("needs"); !need.empty()) {
      if (need != "event" && need != "statement") return fail("unknown need", s.where());
      cue.need = need == "event" ? Need::event : Need::statement;
    }
    for (std::string_view name : s.list("frames")) {
      auto frame = frame_of(name, s.where());
      if (!frame) return std::unexpected(frame.error());
      cue.frames.push_back(std::move(*frame));
    }
    const auto lemmas = s.list("lemma");
    if (lemmas.empty()) return fail("entry [" + s.id + "] has no lemma", s.where());
    if (s.get("must").empty() || s.get("mustnot").empty())
      return fail("entry [" + s.id + "] has no example", s.where(), "add a must and a mustnot sentence");
    const auto index = static_cast<std::uint32_t>(cues_.size());
    for (std::string_view lemma : lemmas) {
      by_lemma_[static_cast<std::size_t>(cue.type)][std::string(lemma)].push_back(index);
      if (const std::size_t blank = lemma.find(' '); cue.type == CueClass::preposition && blank != lemma.npos)
        preposition_starts_[std::string(lemma.substr(0, blank))] = true;
    }
    for (std::string_view text : s.all("must")) examples_.push_back(example_of(s.id, text, true));
    for (std::string_view text : s.all("mustnot")) examples_.push_back(example_of(s.id, text, false));
    cues_.push_back(std::move(cue));
  }
  return {};
}

Status CueTable::read_sources(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name, {"kind", "word", "must", "mustnot", "note", "finite"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    const auto kind = from_name<SourceKind>(s.get("kind"));
    if (!kind) return fail("unknown kind of source '" + std::string(s.get("kind")) + "'", s.where());
    for (std::string_view word : s.list("word")) sources_.try_emplace(std::string(word), *kind);
  }
  return {};
}

std::span<const std::uint32_t> CueTable::find(CueClass type, std::string_view lemma) const {
  const auto& map = by_lemma_[static_cast<std::size_t>(type)];
  const auto it = map.find(lemma);
  return it == map.end() ? std::span<const std::uint32_t>() : std::span<const std::uint32_t>(it->second);
}

bool CueTable::is_statement(std::string_view noun) const { return !find(CueClass::noun, noun).empty(); }

bool CueTable::source_kind(std::string_view noun, SourceKind& kind) const {
  const auto it = sources_.find(noun);
  if (it == sources_.end()) return false;
  kind = it->second;
  return true;
}

}  // namespace annalist::claims
