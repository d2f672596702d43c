#include "story/stories.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/hash.h"
#include "base/strings.h"

namespace annalist::story {
namespace {

constexpr float kJoin = 0.15F;        // cosine with a story that makes a report part of it
constexpr std::size_t kTelling = 80;  // words of a report that count
constexpr float kArgument = 3.0F;     // a place or a side where something happened, in words

/// (hash of a term, weight), by hash.
using Vector = std::vector<std::pair<std::uint64_t, float>>;

float dot(const Vector& a, const Vector& b) {
  float sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first < j->first)
      ++i;
    else if (j->first < i->first)
      ++j;
    else
      sum += i->second * j->second, ++i, ++j;
  }
  return sum;
}
float length(const Vector& v) {
  float sum = 0;
  for (const auto& [h, w] : v) sum += w * w;
  return std::sqrt(sum);
}
Vector add(const Vector& a, const Vector& b) {
  Vector out;
  out.reserve(a.size() + b.size());
  for (auto i = a.begin(), j = b.begin(); i != a.end() || j != b.end();) {
    if (j == b.end() || (i != a.end() && i->first < j->first))
      out.push_back(*i++);
    else if (i == a.end() || j->first < i->first)
      out.push_back(*j++);
    else
      out.emplace_back(i->first, i->second + j->second), ++i, ++j;
  }
  return out;
}

struct Open {
  Vector sum;
  std::vector<std::uint32_t> reports;
  Day last;
};

/// What a report is told apart by: its telling words, and the places and sides of its events.
std::map<std::string, float> terms_of(const Told& t) {
  std::map<std::string, float> out;
  for (const auto& [w, n] : t.words) out["w" + w] = 1 + std::log(n);
  for (const auto& e : t.rows.events) {
    if (e.place >= 0 && e.place_precision != "country")
      out["p" + t.rows.places[std::size_t(e.place)].uid] = kArgument;
    for (const auto& a : e.actors)
      if (a.actor >= 0 && t.rows.actors[std::size_t(a.actor)].listed)
        out["a" + t.rows.actors[std::size_t(a.actor)].uid] = kArgument / 2;
  }
  return out;
}

std::vector<Vector> vectors_of(const std::vector<Told>& reports) {
  std::vector<std::map<std::string, float>> terms;
  std::map<std::string, std::uint32_t, std::less<>> in;
  for (const Told& t : reports) {
    terms.push_back(terms_of(t));
    for (const auto& [term, weight] : terms.back()) ++in[term];
  }
  std::vector<Vector> out;
  for (const auto& bag : terms) {
    std::vector<std::pair<float, std::uint64_t>> ranked;
    for (const auto& [term, weight] : bag) {
      // Whole steps of rarity: one report more or less in the store hardly ever moves a weight.
      const float rarity = std::floor(std::log2(float(reports.size() + 2) / float(in[term])));
      if (rarity >= 1 && in[term] > 1) ranked.emplace_back(weight * rarity, hash64(term));
    }
    std::ranges::sort(ranked, std::greater<>());
    if (ranked.size() > kTelling) ranked.resize(kTelling);
    Vector v;
    for (const auto& [weight, hash] : ranked) v.emplace_back(hash, weight);
    std::ranges::sort(v);
    if (const float l = length(v); l > 0)
      for (auto& [hash, weight] : v) weight /= l;
    out.push_back(std::move(v));
  }
  return out;
}

std::string joined_most(const std::map<std::string, std::size_t>& counts, std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& [name, count] : counts) ranked.emplace_back(count, name);
  std::ranges::sort(ranked, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::string out;
  for (std::size_t i = 0; i < ranked.size() && i < most; ++i) out += (i ? "; " : "") + ranked[i].second;
  return out;
}

}  // namespace

std::vector<store::Story> find_stories(const std::vector<Told>& reports, const Voices& voices) {
  const std::vector<Vector> vectors = vectors_of(reports);
  std::vector<Open> stories;
  std::vector<std::uint32_t> story_of(reports.size()), going;
  std::vector<float> score(reports.size(), 0);
  for (std::uint32_t i = 0; i < reports.size(); ++i) {
    const Day day = reports[i].published;
    std::uint32_t best = UINT32_MAX;
    if (const auto copy = voices.copies.find(i); copy != voices.copies.end()) {
      best = story_of[copy->second.of];
      score[i] = copy->second.jaccard;
    } else if (day) {
      std::erase_if(going, [&](std::uint32_t s) { return stories[s].last + kQuietDays < day; });
      for (const std::uint32_t s : going) {
        const float like = dot(vectors[i], stories[s].sum) / std::max(1e-6F, length(stories[s].sum));
        if (like > std::max(score[i], kJoin)) score[i] = like, best = s;
      }
    }
    if (best == UINT32_MAX) {
      best = std::uint32_t(stories.size());
      stories.emplace_back();
      if (day) going.push_back(best);
    }
    Open& story = stories[best];
    story_of[i] = best;
    story.sum = add(story.sum, vectors[i]);
    if (day && (!story.last || story.last < day)) story.last = day;
    if (day && std::ranges::count(going, best) == 0) going.push_back(best);
    story.reports.push_back(i);
  }

  std::vector<store::Story> out;
  for (const Open& open : stories) {
    store::Story story;
    std::map<std::string, std::size_t> countries, actors;
    std::set<std::uint32_t> heard;
    float most = -1;
    for (const std::uint32_t i : open.reports) {
      const Told& t = reports[i];
      heard.insert(voices.voice[i]);
      const std::string day = t.published.iso();
      if (!day.empty() && (story.date_from.empty() || day < story.date_from)) story.date_from = day;
      story.date_to = std::max(story.date_to, day);
      for (const auto& e : t.rows.events) {
        if (e.place >= 0 && !t.rows.places[std::size_t(e.place)].country.empty())
          ++countries[t.rows.places[std::size_t(e.place)].country];
        for (const auto& a : e.actors)
          if (a.actor >= 0 && t.rows.actors[std::size_t(a.actor)].listed)
            ++actors[t.rows.actors[std::size_t(a.actor)].name];
      }
      if (const float central = dot(vectors[i], open.sum); central > most + 1e-5F) {
        most = central;
        story.title = t.headline;
      }
      store::Member m;
      m.uid = t.rows.uid;
      m.score = std::round(double(score[i]) * 1000) / 1000;
      if (const auto copy = voices.copies.find(i); copy != voices.copies.end()) {
        m.role = copy->second.kind;
        m.of = reports[copy->second.of].rows.uid;
        m.why = "shares its wording";
      } else {
        m.role = "related";
        m.why = i == open.reports[0] ? "first report" : "shares words, places and sides with the story";
      }
      story.members.push_back(std::move(m));
    }
    story.uid = "s" + reports[open.reports[0]].rows.uid.substr(1);
    story.countries = joined_most(countries, 3), story.actors = joined_most(actors, 5);
    story.reports = std::int64_t(open.reports.size()), story.sources = std::int64_t(heard.size());
    story.why = std::to_string(story.reports) + " reports, " + std::to_string(story.sources) + " independent";
    out.push_back(std::move(story));
  }
  std::ranges::sort(out, {}, &store::Story::uid);
  return out;
}

}  // namespace annalist::story
