#include "event/discourse.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "event/aside.h"
#include "event/when_where.h"

namespace annalist::event {
namespace {

constexpr std::uint32_t kReach = 6;       // sentences back over which a scene is carried
constexpr float kReportShare = 0.6f;      // of the names: the country or place that a report is about
constexpr int kOldTelling = 45;           // days: a story whose dates lie further back is a narrative
constexpr int kNewsDays = 8;              // days that news looks back on
constexpr std::uint32_t kDateReach = 15;  // sentences back over which a narrative keeps its year
constexpr std::uint32_t kNamedEvent = 4;  // words behind "after" among which the event is named

constexpr std::array<std::string_view, 14> kLocating = {
    "in",         "at",     "near",  "inside",  "outside", "around", "across",
    "throughout", "within", "along", "between", "into",    "on",     "to"};

bool is_fine(const Place& p) { return p.placed && p.precision < PlacePrecision::country; }

class Telling {
 public:
  Telling(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events)
      : scene_(scene), doc_(scene.doc()), tree_(scene.tree()), drafts_(drafts), events_(events) {
    const auto sentences = doc_.all<Sentence>();
    by_sentence_.resize(sentences.size());
    const auto places = doc_.all<Place>();
    for (std::size_t i = 0; i < places.size(); ++i)
      if (places[i].tokens.count) by_sentence_[sentence_of(places[i].tokens.first)].push_back(Id<Place>(i));
    report_place_ = of_report();
    narrative_ = is_narrative();
  }

  void run() {
    for (Merged& m : events_) {
      const Draft& lead = drafts_[m.mentions.front()];
      settle_place(m, lead);
    }
    for (std::size_t i = 0; i < events_.size(); ++i) settle_time(i);
  }

 private:
  std::uint32_t sentence_of(std::uint32_t token) const { return doc_.all<Token>()[token].sentence; }
  bool headline(std::uint32_t sentence) const {
    const Range<Token> tokens = doc_.all<Sentence>()[sentence].tokens;
    return tokens.count && scene_.in_headline(Id<Token>(tokens.first));
  }

  /// The preposition that leads in the place, or the longer name that holds it: "at the Homs City Council".
  bool located(const Place& p) const {
    Id<Token> t(p.tokens.first);
    for (int i = 0; i < 4 && t; ++i) {
      if (const Id<Token> c = scene_.preposition(t)) {
        const std::string_view lemma = tree_.lemma(c);
        return std::find(kLocating.begin(), kLocating.end(), lemma) != kLocating.end();
      }
      const Deprel d = tree_[t].deprel;
      if (d != Deprel::compound && d != Deprel::flat && d != Deprel::nmod_poss && d != Deprel::nmod &&
          d != Deprel::appos && d != Deprel::amod)
        break;
      t = tree_.head(t);
    }
    // "On 5 May, in Homs (Homs), ...": a name in brackets goes with the one before.
    return false;
  }

  bool usable(const Place& p) const {
    if (p.role == PlaceRole::dateline || p.role == PlaceRole::demonym) return false;
    const Id<Token> first(p.tokens.first);
    if (p.role == PlaceRole::actor) return is_fine(p) && located(p) && !of_speaker(scene_, first);
    return (scene_.place(first) || p.placed) && !of_speaker(scene_, first);
  }

  /// "the town of X in Y province": X, though only Y stands behind a preposition of place.
  Id<Place> finest_within(std::uint32_t sentence, Id<Place> unit) const {
    const Place& y = doc_[unit];
    if (y.precision <= PlacePrecision::near) return unit;
    for (const Id<Place> id : by_sentence_[sentence])
      if (const Place& p = doc_[id]; is_fine(p) && usable(p) && p.precision < y.precision && p.admin1 &&
                                     p.admin1 == y.admin1 && p.country == y.country)
        return id;
    return unit;
  }

  /// The place that a sentence speaks of: the first that it locates something in, else the first fine one if
  /// all fine ones lie in one country; a country only if nothing else is there and only it.
  Id<Place> of_sentence(std::uint32_t sentence, bool countries, TypeId deed) const {
    Id<Place> fine, coarse, unknown;
    bool several_countries = false, several_coarse = false;
    for (const Id<Place> id : by_sentence_[sentence]) {
      const Place& p = doc_[id];
      if (!usable(p) || of_talks(scene_, Id<Token>(p.tokens.first), deed)) continue;
      if (is_fine(p)) {
        if (located(p)) return finest_within(sentence, id);
        several_countries |= fine && doc_[fine].country != p.country;
        if (!fine) fine = id;
      } else if (p.placed && (located(p) || headline(sentence))) {
        several_coarse |= coarse && doc_[coarse].country != p.country;
        if (!coarse || (!located(doc_[coarse]) && located(p))) coarse = id;
      } else if (!unknown && p.country && located(p)) {
        unknown = id;
      }
    }
    if (fine && !several_countries) return fine;
    if (unknown) return unknown;
    if (countries && coarse && !fine && (!several_coarse || located(doc_[coarse]))) return coarse;
    return {};
  }

  /// What the report is about: the fine place named most, else its country, by share of the names.
  Id<Place> of_report() const {
    std::map<std::string_view, std::pair<float, Id<Place>>> fine, lands;
    float total = 0, all_fine = 0;
    for (std::size_t i = 0; i < doc_.all<Place>().size(); ++i) {
      const Id<Place> id(i);
      const Place& p = doc_[id];
      if (!p.country || p.role == PlaceRole::dateline || !p.tokens.count) continue;
      const float weight = p.role == PlaceRole::mention ? 1.0f : 0.5f;
      total += weight;
      auto& [land, example] = lands[doc_.str(p.country)];
      land += weight;
      if (!example || (doc_[example].precision != PlacePrecision::country && p.resolved)) {
        if (p.precision == PlacePrecision::country && p.resolved) example = id;
      }
      if (p.role != PlaceRole::mention || !is_fine(p)) continue;
      all_fine += 1;
      auto& [count, first] = fine[p.gazetteer ? doc_.str(p.gazetteer) : doc_.text(p.span)];
      count += 1;
      if (!first) first = id;
    }
    std::string_view land;
    for (const auto& [country, entry] : lands)
      if (entry.first >= kReportShare * total) land = country;
    if (land.empty()) return {};
    Id<Place> best;
    float most = 0;
    for (const auto& [key, entry] : fine)
      if (doc_.str(doc_[entry.second].country) == land && entry.first > most) {
        most = entry.first;
        best = entry.second;
      }
    if (best && most >= kReportShare * all_fine) return best;
    return lands[land].second;
  }

  void set(Merged& m, Id<Place> place, Basis basis) const {
    m.place = place;
    m.place_basis = basis;
    if (std::none_of(m.places.begin(), m.places.end(), [&](const EventPlace& p) { return p.place == place; }))
      m.places.push_back({place, EventPlaceRole::at});
  }

  /// A country that only the topic of the event names: "rallied against the war in X".
  bool by_topic(const Merged& m, const Draft& lead) const {
    const Place& p = doc_[m.place];
    if (p.precision != PlacePrecision::country || !p.tokens.count) return false;
    const Id<Token> up = tree_.head(Id<Token>(p.tokens.first));
    return up && up != lead.trigger && up != lead.clause;
  }

  /// "Turkey jailed reporters", "deported refugees": a state's acts of police and law are done at home.
  Id<Place> of_state(const Merged& m, const TypeInfo& type) const {
    if (!type.by_police && (type.group != "coerce" || type.violent)) return {};
    for (const std::uint32_t i : m.mentions)
      for (const Participant& p : drafts_[i].participants) {
        const Id<Place> land = p.role == EventRole::actor ? scene_.place(p.head) : Id<Place>();
        if (land && doc_[land].precision == PlacePrecision::country) return land;
      }
    return {};
  }

  bool is_background(std::uint32_t sentence, const Draft& lead) const {
    return std::ranges::any_of(
        drafts_, [&](const Draft& d) { return d.sentence == sentence && tells_of_earlier(scene_, d, lead); });
  }

  void settle_place(Merged& m, const Draft& lead) const {
    const TypeInfo& type = scene_.codebook().type(m.type);
    // What is said has no scene but that of the saying; a place it names belongs to another event.
    if (type.group == "speech" || type.group == "other") {
      bool own = !m.place;
      for (const std::uint32_t i : m.mentions) own |= drafts_[i].place && !drafts_[i].place_inherited;
      if (!own) {
        std::erase_if(m.places, [&](const EventPlace& p) { return p.place == m.place; });
        m.place = {};
      }
      m.place_basis = m.place ? Basis::words : Basis::none;
      return;
    }
    if (m.place) {
      m.place_basis = Basis::words;
      for (const std::uint32_t i : m.mentions)
        if (drafts_[i].place == m.place && drafts_[i].place_inherited)
          m.place_basis =
              sentence_of(doc_[m.place].tokens.first) == drafts_[i].sentence ? Basis::sentence : Basis::story;
      const Place& p = doc_[m.place];
      if (!p.placed) return;
      if (p.precision != PlacePrecision::country) return;
      const Id<Place> finer = of_sentence(lead.sentence, false, m.type);
      if (!finer || (!is_fine(doc_[finer]) && !located(doc_[finer]))) return;
      if ((doc_[finer].country == p.country && is_fine(doc_[finer])) ||
          (by_topic(m, lead) && located(doc_[finer])))
        set(m, finer, Basis::sentence);
      return;
    }
    for (const std::uint32_t i : m.mentions)
      if (const Id<Place> p = of_sentence(drafts_[i].sentence, true, m.type))
        return set(m, p, Basis::sentence);
    if (type.group == "accord" || type.group == "cooperation" || type.group == "posture") return;
    if (const Id<Place> land = of_state(m, type)) return set(m, land, Basis::sentence);
    const std::uint32_t at = lead.sentence;
    for (std::uint32_t s = at; s-- > 0 && at - s <= kReach;) {
      if (headline(s)) break;
      if (is_background(s, lead)) continue;
      if (const Id<Place> p = of_sentence(s, false, m.type)) return set(m, p, Basis::story);
    }
    for (std::uint32_t s = 0; s < by_sentence_.size(); ++s)
      if (headline(s) && s != at)
        if (const Id<Place> p = of_sentence(s, true, m.type)) return set(m, p, Basis::headline);
    if (report_place_) set(m, report_place_, Basis::report);
  }

  /// A date of the last days in the first paragraphs, other than that of the dateline.
  bool leads_with_news(Day today) const {
    const std::uint32_t end = doc_.lead_end();
    return std::ranges::any_of(doc_.all<Time>(), [&](const Time& t) {
      return t.span.begin < end && !t.span.overlaps(doc_.page().dateline.span) && t.from && t.to == t.from &&
             t.from.value > today.value - kNewsDays && t.from.value <= today.value + 1;
    });
  }

  /// Whether the report tells of long ago: most of its dates lie far before its own day, or it has none, and
  /// its lead tells nothing of its own days.
  bool is_narrative() const {
    const Day today = doc_.reference_day();
    if (today && leads_with_news(today)) return false;
    std::size_t dated = 0, old = 0;
    for (const Time& t : doc_.all<Time>()) {
      if (!t.from || t.type == TimeType::duration || t.type == TimeType::set) continue;
      ++dated;
      old += !today || t.to.value < today.value - kOldTelling;
    }
    return dated > 0 && (!today || 2 * old > dated);
  }

  /// The last date before the event that names a day, month or year, within reach.
  const Time* last_date(const Draft& lead) const {
    const Time* found = nullptr;
    const auto sentences = doc_.all<Sentence>();
    const std::uint32_t from = lead.sentence > kDateReach ? lead.sentence - kDateReach : 0;
    for (const Time& t : doc_.all<Time>()) {
      if (t.span.begin >= lead.span.begin) break;
      if (t.span.begin < sentences[from].span.begin || !t.from || !t.to) continue;
      if (t.type == TimeType::duration || t.type == TimeType::set) continue;
      if (t.to.value - t.from.value <= 366) found = &t;
    }
    return found;
  }

  /// "Two days after the attack, the army withdrew": the day of the event that the words name, and so many
  /// days on.
  bool counted_from_event(std::size_t i) {
    Merged& m = events_[i];
    const Draft& lead = drafts_[m.mentions.front()];
    const Range<Token> tokens = doc_.all<Sentence>()[lead.sentence].tokens;
    for (std::size_t k = 0; k < doc_.all<Time>().size(); ++k) {
      const Time& t = doc_.all<Time>()[k];
      if (t.type != TimeType::duration || !t.value) continue;
      std::uint32_t next = tokens.first;
      while (next < tokens.end() && doc_.all<Token>()[next].span.begin < t.span.end) ++next;
      if (next == tokens.first || next >= tokens.end() || !doc_.all<Token>()[next - 1].span.overlaps(t.span))
        continue;
      const std::string_view word = tree_.text(Id<Token>(next));
      const int sign = word == "after" ? 1 : word == "before" ? -1 : 0;
      const std::string_view value = doc_.str(t.value);
      if (sign == 0 || value.size() != 3 || value[0] != 'P' || value[1] < '1' || value[1] > '9') continue;
      const int unit = value[2] == 'D' ? 1 : value[2] == 'W' ? 7 : 0;
      if (unit == 0) continue;
      const Merged* named = nullptr;
      for (std::size_t e = 0; e < events_.size(); ++e) {
        if (e == i || !events_[e].from || events_[e].precision != TimePrecision::day) continue;
        for (const std::uint32_t d : events_[e].mentions) {
          const std::uint32_t at = drafts_[d].trigger.value;
          if (at > next && at <= next + kNamedEvent && drafts_[d].sentence == lead.sentence)
            named = &events_[e];
        }
      }
      if (!named) continue;
      m.from = m.to = named->from + sign * (value[1] - '0') * unit;
      m.precision = unit == 1 ? TimePrecision::day : TimePrecision::week;
      m.time = Id<Time>(k);
      m.time_basis = Basis::words;
      return true;
    }
    return false;
  }

  void settle_time(std::size_t i) {
    Merged& m = events_[i];
    const Draft& lead = drafts_[m.mentions.front()];
    if (m.dated_by_text) {
      m.time_basis = Basis::words;
      return;
    }
    m.time_basis = m.from || m.to ? Basis::reference : Basis::none;
    if (!happened(m.status)) return;
    if (counted_from_event(i)) return;
    // The event told just before, in this sentence or, in a narrative, in this paragraph.
    const auto sentences = doc_.all<Sentence>();
    for (std::size_t k = i; k-- > 0;) {
      const Merged& before = events_[k];
      const Draft& told = drafts_[before.mentions.front()];
      if (told.sentence > lead.sentence) continue;
      const bool same = told.sentence == lead.sentence;
      if (!same && !narrative_) break;
      if (sentences[told.sentence].block != sentences[lead.sentence].block) break;
      if (!before.dated_by_text || !before.from || !happened(before.status)) continue;
      if (before.precision == TimePrecision::unknown) continue;
      if (!same && before.from != before.to && before.precision > TimePrecision::year) continue;
      m.from = before.from;
      m.to = before.to;
      m.precision = before.precision;
      m.time = before.time;
      m.time_basis = same ? Basis::sentence : Basis::story;
      if (before.status == EventStatus::historical) m.status = EventStatus::historical;
      return;
    }
    if (!narrative_ || m.status == EventStatus::ongoing) return;
    // What a narrative tells without a date did not happen on the day of its page. The year runs on.
    m.from = m.to = Day();
    m.time_basis = Basis::none;
    if (const Time* told = last_date(lead)) {
      m.from = Day::from_ymd(int(told->from.ymd().year()), 1, 1);
      m.to = Day::from_ymd(int(told->from.ymd().year()), 12, 31);
      m.precision = TimePrecision::year;
      m.time_basis = Basis::story;
    }
  }

  const Scene& scene_;
  const Document& doc_;
  const Tree& tree_;
  const std::vector<Draft>& drafts_;
  std::vector<Merged>& events_;
  std::vector<std::vector<Id<Place>>> by_sentence_;
  Id<Place> report_place_;
  bool narrative_ = false;
};

}  // namespace

void place_and_date(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events) {
  if (!events.empty()) Telling(scene, drafts, events).run();
}

}  // namespace annalist::event
