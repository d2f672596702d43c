#include "event/fixture.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "base/file.h"
#include "base/strings.h"
#include "support/conllu_doc.h"

namespace annalist::test {
namespace {

std::string to_conllu(std::string_view text) {
  std::string out = "# date = 2014-11-01\n";
  for (std::string_view sentence : split_list(text, '\n')) {
    if (sentence.starts_with("H ")) {
      out += "# headline\n";
      sentence.remove_prefix(2);
    } else if (sentence.starts_with("P ")) {
      out += "# newpar\n";
      sentence.remove_prefix(2);
    }
    int id = 0;
    for (const std::string_view token : split_list(sentence, ' ')) {
      const auto f = split(token, '/');
      if (f.size() != 5 && f.size() != 6) throw std::runtime_error("bad token " + std::string(token));
      out += std::to_string(++id) + "\t" + std::string(f[0]) + "\t" + std::string(f[1]) + "\t" +
             std::string(f[2]) + "\t_\t" + std::string(f.size() == 6 ? f[5] : "_") + "\t" +
             std::string(f[3]) + "\t" + std::string(f[4]) + "\t_\t_\n";
    }
    out += "\n";
  }
  return out;
}

Day day_of(std::string_view word) {
  // The reference day is Saturday 2014-11-01; weekdays are the ones before it.
  constexpr std::string_view kDays[] = {"saturday", "friday", "thursday", "wednesday",
                                        "tuesday",  "monday", "sunday"};
  for (int i = 0; i < 7; ++i)
    if (equals_ignore_case(word, kDays[i])) return Day::from_ymd(2014, 11, 1) - i;
  return {};
}

}  // namespace

const Legend& usual() {
  static const Legend legend = {
      {"Harim", "place"},          {"Sarda", "place"},        {"Turkey", "state"},
      {"Sudan", "country"},        {"Nusra", "armed_group"},  {"Haddad", "person"},
      {"Hazm", "armed_group"},     {"rebel", "armed_group"},  {"army", "military"},
      {"militia", "militia"},      {"civilian", "civilians"}, {"government", "government"},
      {"gunman", "unknown_armed"}, {"troops", "military"},    {"soldier", "military"}};
  return legend;
}

Document sketch(std::string_view lines, const Legend& legend, std::string_view pronouns) {
  Document doc = document_from_conllu(to_conllu(lines));
  std::vector<Mention> mentions;
  std::vector<ActorLink> links;
  std::vector<MentionEntity> of;
  std::vector<Entity> entities;
  std::vector<Place> places;
  std::vector<Time> times;
  std::map<std::string, std::size_t> by_name;
  const auto syntax = doc.all<Syntax>();
  const auto tokens = doc.all<Token>();
  for (std::size_t t = 0; t < syntax.size(); ++t) {
    const Syntax& s = syntax[t];
    const std::string_view lemma = doc.str(s.lemma);
    const Range<Token> only{static_cast<std::uint32_t>(t), 1};
    if (const Day day = day_of(lemma)) {
      times.push_back({tokens[t].span, TimeType::date, doc.intern(day.iso()), {}, day, day});
      continue;
    }
    if (s.upos == Upos::num && lemma.size() == 4 && (lemma.starts_with("19") || lemma.starts_with("20"))) {
      const int year = std::stoi(std::string(lemma));
      times.push_back({tokens[t].span,
                       TimeType::date,
                       doc.intern(lemma),
                       {},
                       Day::from_ymd(year, 1, 1),
                       Day::from_ymd(year, 12, 31)});
      continue;
    }
    if (s.upos != Upos::noun && s.upos != Upos::propn && s.upos != Upos::pron) continue;
    const auto known = legend.find(lemma);
    std::string kind = known == legend.end() ? "" : known->second;
    const bool stranger = kind == "stranger";
    if (stranger) kind = "person";
    if (kind == "place" || kind == "country") {
      Place p;
      if (kind == "country") p.precision = PlacePrecision::country;
      p.span = tokens[t].span;
      p.tokens = only;
      p.name = doc.intern(lemma);
      p.gazetteer = doc.intern("test:" + std::string(lemma));
      p.country = doc.intern("SY");
      p.admin1 = doc.intern("Idlib");
      p.lat = lemma == "Harim" ? 36.2f : 30.0f;
      p.lon = 36.5f;
      p.resolved = p.placed = true;
      places.push_back(p);
    }
    Mention m;
    m.span = tokens[t].span;
    m.tokens = only;
    m.head = Id<Token>(t);
    m.form = s.upos == Upos::propn  ? MentionForm::name
             : s.upos == Upos::pron ? MentionForm::pronoun
                                    : MentionForm::nominal;
    m.type = kind == "place"     ? EntityType::loc
             : kind == "country" ? EntityType::gpe
             : kind == "person"  ? EntityType::per
                                 : EntityType::misc;
    ActorLink link;
    if (const auto actor_kind = from_name<ActorKind>(kind); actor_kind && !kind.empty()) {
      link.kind = *actor_kind;
      if (m.form == MentionForm::name && !stranger) link.id = doc.intern(lower(lemma));
      link.name = doc.intern(lemma);
    }
    std::string name(lemma);
    if (m.form == MentionForm::pronoun && !pronouns.empty() &&
        (lemma == "he" || lemma == "it" || lemma == "they"))
      name = pronouns;
    const auto [it, fresh] = by_name.emplace(name, entities.size());
    if (fresh) entities.push_back({m.type, doc.intern(name), Id<Mention>(mentions.size()), {}, 0});
    Entity& entity = entities[it->second];
    ++entity.mention_count;
    if (link.kind != ActorKind::none && !entity.actor) entity.actor = Id<ActorLink>(links.size());
    mentions.push_back(m);
    links.push_back(link);
    of.push_back({Id<Entity>(it->second)});
  }
  doc.fill(mentions);
  doc.fill(times);
  doc.fill(places);
  doc.fill(links);
  doc.fill(entities);
  doc.fill(of);
  return doc;
}

CodeEvents stage_with(std::string_view sense_weights) {
  std::vector<std::pair<std::string, std::string>> texts;
  const std::filesystem::path root = "data";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "codebook")) {
    if (!entry.is_regular_file() || entry.path().extension() == ".md") continue;
    auto text = read_file(entry.path().string());
    if (!text) throw std::runtime_error(text.error().message());
    texts.emplace_back(std::filesystem::relative(entry.path(), root).string(), std::move(*text));
  }
  std::sort(texts.begin(), texts.end());
  std::vector<DataText> files;
  for (const auto& [name, text] : texts) files.push_back({name, text});
  if (!sense_weights.empty()) files.push_back({"patterns/sense-weights.txt", sense_weights});
  auto loaded = CodeEvents::load(files);
  if (!loaded) throw std::runtime_error(loaded.error().message());
  return std::move(*loaded);
}

const CodeEvents& stage() {
  static const CodeEvents built = stage_with({});
  return built;
}

Document coded(std::string_view lines, const Legend& legend, std::string_view pronouns) {
  Document doc = sketch(lines, legend, pronouns);
  Workspace workspace;
  stage().run(doc, workspace);
  return doc;
}

std::string line(const Document& doc, const Event& event) {
  std::string out = std::string(doc.str(event.type)) + " " + std::string(name_of(event.status));
  for (const EventArg& a : doc[event.args])
    out += " " + std::string(name_of(a.role)) + "=" +
           std::string(a.entity ? doc.str(doc[a.entity].name) : doc.text(a.span));
  for (const EventPlace& p : doc[event.places])
    out += " " + std::string(name_of(p.role)) + "=" + std::string(doc.str(doc[p.place].name));
  const auto count = [&](std::string_view what, const Count& c) {
    if (!c.known()) return;
    out += " " + std::string(what) + "=";
    const auto one = [](std::int32_t n) { return n < 0 ? std::string("?") : std::to_string(n); };
    out +=
        c.low == c.high && c.low == c.best ? one(c.best) : one(c.low) + "/" + one(c.best) + "/" + one(c.high);
  };
  count("deaths", event.deaths);
  count("injured", event.injured);
  count("abducted", event.abducted);
  return out;
}

std::string lines_of(const Document& doc) {
  std::string out;
  for (const Event& e : doc.all<Event>()) out += (out.empty() ? "" : "\n") + line(doc, e);
  return out;
}

}  // namespace annalist::test
