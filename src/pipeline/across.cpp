#include "pipeline/across.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "event/codebook.h"
#include "pack/stanza.h"
#include "store/json.h"

namespace annalist {

Result<Across> Across::load(const std::vector<DataText>& texts) {
  const auto codebook = event::Codebook::load(texts);
  if (!codebook) return std::unexpected(codebook.error());
  Across out;
  const auto written = [](const event::TypeInfo& t) { return t.written.empty() ? t.name : t.written; };
  for (const event::TypeInfo& t : codebook->types())
    for (const event::TypeId weaker : t.joins)
      out.kin_[written(t)].push_back(written(codebook->type(weaker)));
  auto successors = state::Successors::load(texts);
  if (!successors) return std::unexpected(successors.error());
  out.successors_ = std::move(*successors);
  constexpr std::string_view kCountries = "places/countries.tsv";
  for (const DataText& text : texts) {
    if (text.name != kCountries) continue;
    const auto table = parse_table(text.text, "data/" + std::string(kCountries));
    if (!table) return std::unexpected(table.error());
    const auto code = table->column("iso3", kCountries), name = table->column("name", kCountries);
    if (!code) return std::unexpected(code.error());
    if (!name) return std::unexpected(name.error());
    for (const auto& row : table->rows) out.countries_[row[*code]] = row[*name];
  }
  return out;
}

Across::Findings Across::find() {
  story::sort_reports(reports_);
  // One report counts once, however often it was added.
  const auto twice = std::ranges::unique(reports_, {}, [](const story::Told& t) { return t.rows.uid; });
  reports_.erase(twice.begin(), twice.end());
  const story::Voices voices = story::find_voices(reports_);
  std::vector<const store::DocumentRows*> rows;
  for (const story::Told& t : reports_) rows.push_back(&t.rows);
  return {story::merge_events(reports_, voices, kin_, said_), story::find_stories(reports_, voices),
          state::find_states(rows, countries_)};
}

namespace {

/// Where most members of an old row are now; "" if nowhere.
template <class Row>
std::string heir(const Row& old, const std::map<std::string, std::string>& now) {
  std::map<std::string, std::size_t> votes;
  for (const store::Member& m : old.members)
    if (const auto it = now.find(m.uid); it != now.end()) ++votes[it->second];
  std::string best;
  for (const auto& [uid, count] : votes)
    if (best.empty() || count > votes[best]) best = uid;
  return best;
}

/// A row as text, whatever the order its members were kept in.
template <class Row>
std::string text_of(Row row) {
  std::ranges::sort(row.members, {}, [](const store::Member& m) { return std::tie(m.uid, m.role, m.why); });
  if constexpr (requires { row.recorded_from; }) row.recorded_from = row.recorded_to = 0;
  std::string out;
  store::write_json(row, out);
  return out;
}

/// What has to be written to get from the rows kept to the rows found.
template <class Row>
class Changes {
 public:
  Changes(const std::vector<Row>& kept, const std::vector<Row>& found) {
    std::map<std::string, std::string> before, now;
    for (const Row& row : kept) before[row.uid] = text_of(row);
    for (const Row& row : found) {
      const auto it = before.find(row.uid);
      if (it == before.end() || it->second != text_of(row)) put_.push_back(&row);
      before.erase(row.uid);
      for (const store::Member& m : row.members) now[m.uid] = row.uid;
    }
    for (const Row& row : kept)
      if (before.contains(row.uid)) close_.emplace_back(row.uid, heir(row, now));
  }
  std::size_t size() const { return put_.size() + close_.size(); }
  Status write(store::Findings& to) const {
    for (const Row* row : put_)
      if (const Status s = to.put(*row); !s) return s;
    for (const auto& [uid, target] : close_)
      if (const Status s = to.close(uid, target); !s) return s;
    return {};
  }

 private:
  std::vector<const Row*> put_;
  std::vector<std::pair<std::string, std::string>> close_;
};

/// All that findings rest on: reports that are not retracted, and what people said of pairs of events.
Status read_all(Store& store, Across& across) {
  store::PageRequest page{1000, {}, store::Order::oldest};
  do {
    const auto got = store.documents(page);
    if (!got) return std::unexpected(got.error());
    for (const store::DocumentRecord& d : got->items) {
      if (d.retracted) continue;
      const auto json = store.coding(d.uid);
      if (!json) return std::unexpected(json.error());
      const auto read = read_json(*json, d.uid);
      if (!read) return std::unexpected(read.error());
      across.add(read->document);
    }
    page.cursor = got->next;
  } while (!page.cursor.empty());
  const auto said = store.pair_verdicts();
  if (!said) return std::unexpected(said.error());
  for (const store::PairVerdict& p : *said) across.heed(p);
  return {};
}

/// As update_findings. Nothing, and nothing written, where the store has moved on since it was read; unless
/// `anyhow`.
Result<std::optional<AcrossCounts>> find_and_write(Store& store, const std::vector<DataText>& texts,
                                                   bool anyhow) {
  auto across = Across::load(texts);
  if (!across) return std::unexpected(across.error());
  const auto revision = store.revision();
  if (!revision) return std::unexpected(revision.error());
  if (const Status s = read_all(store, *across); !s) return std::unexpected(s.error());

  const Across::Findings found = across->find();
  store::Findings kept = store.findings();
  const auto merged = kept.all_merged();
  if (!merged) return std::unexpected(merged.error());
  const auto stories = kept.all_stories();
  if (!stories) return std::unexpected(stories.error());
  const auto states = kept.states({});
  if (!states) return std::unexpected(states.error());

  const Changes events(*merged, found.events);
  const Changes told(*stories, found.stories);
  const Changes held(*states, found.states);
  AcrossCounts counts{across->reports().size(), found.events.size(), found.stories.size(),
                      found.states.size(), events.size() + told.size() + held.size()};
  if (counts.changed > 0)
    if (const Status s = kept.begin("findings"); !s) return std::unexpected(s.error());
  // Who writes holds the others off: what is read now stays so.
  const auto now = store.revision();
  counts.behind = !now || *now != *revision + (counts.changed > 0);
  if (counts.behind && !anyhow) {
    if (counts.changed > 0) kept.rollback();
    return std::optional<AcrossCounts>();
  }
  if (counts.changed == 0) return counts;
  Status done = events.write(kept);
  if (done) done = told.write(kept);
  if (done) done = held.write(kept);
  if (done) done = kept.commit();
  if (!done) {
    kept.rollback();
    return std::unexpected(done.error());
  }
  return counts;
}

}  // namespace

Result<AcrossCounts> update_findings(Store& store, const std::vector<DataText>& texts) {
  constexpr int kTries = 3;
  for (int left = kTries; true;) {
    const auto done = find_and_write(store, texts, --left == 0);
    if (!done) return std::unexpected(done.error());
    if (*done) return **done;
  }
}

}  // namespace annalist
