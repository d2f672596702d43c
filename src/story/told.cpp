#include "story/told.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/strings.h"
#include "story/near_copies.h"

namespace annalist::story {

Told told_of(const Document& doc) {
  Told out;
  out.rows = store::rows_of(doc);
  for (const Event& e : doc.all<Event>()) out.dated.push_back(static_cast<bool>(e.time));
  out.dated.resize(out.rows.events.size(), false);
  const PageInfo& page = doc.page();
  out.publisher = !page.agency.empty() ? fold(page.agency)
                  : !page.site.empty() ? fold(page.site)
                                       : out.rows.host;
  out.headline = page.headline;
  out.text = doc.text();
  out.published = doc.reference_day();
  out.when = page.published.value;
  out.revised = page.revised;
  const std::string folded = fold(doc.text());
  for (std::string_view w : split_list(folded, ' '))
    if (w.size() >= 4) out.words[std::string(w)] += 1;
  for (const Entity& e : doc.all<Entity>()) {
    const std::string name = fold(doc.str(e.name));
    for (std::string_view w : split_list(name, ' '))
      if (w.size() >= 3) out.words[std::string(w)] += 1;
  }
  if (out.headline.empty()) {
    const auto sentences = doc.all<Sentence>();
    out.headline = collapse_spaces(
        sentences.empty() ? std::string_view(out.text).substr(0, std::min<std::size_t>(100, out.text.size()))
                          : doc.text(sentences[0].span));
  }
  return out;
}

void sort_reports(std::vector<Told>& reports) {
  std::ranges::sort(reports, [](const Told& a, const Told& b) {
    const int x = a.published ? a.published.value : INT32_MAX,
              y = b.published ? b.published.value : INT32_MAX;
    return x != y ? x < y : a.rows.uid < b.rows.uid;
  });
}

Voices find_voices(const std::vector<Told>& reports) {
  Voices out;
  NearCopies copies;
  for (const Told& t : reports) copies.add({t.text, t.when, t.revised});
  std::vector<std::uint32_t>& root = out.voice;
  root.resize(reports.size());
  std::iota(root.begin(), root.end(), 0U);
  const auto find = [&](std::uint32_t x) {
    while (root[x] != x) x = root[x] = root[root[x]];
    return x;
  };
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    a = find(a), b = find(b);
    root[std::max(a, b)] = std::min(a, b);
  };
  constexpr std::string_view kKinds[] = {"same", "copy", "update"};
  for (const CopyPair& p : copies.pairs()) {
    // Which of two reports of a day came first is not known here: the order of `reports` says it.
    const auto [early, late] = std::minmax(p.a, p.b);
    join(early, late);
    const Voices::Copy copy{early, std::string(kKinds[std::size_t(p.kind)]), p.jaccard};
    auto [it, added] = out.copies.try_emplace(late, copy);
    if (!added && p.jaccard > it->second.jaccard) it->second = copy;
  }
  std::map<std::string, std::uint32_t> first;
  for (std::uint32_t i = 0; i < reports.size(); ++i)
    if (!reports[i].publisher.empty()) join(first.try_emplace(reports[i].publisher, i).first->second, i);
  for (std::uint32_t i = 0; i < root.size(); ++i) root[i] = find(i);
  return out;
}

}  // namespace annalist::story
