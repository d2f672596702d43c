// The door for what is about many reports: stories, merged events, states. The story and state layers decide;
// the store keeps, versions and hands back.
//
// A row is named by a uid the caller makes and keeps stable ("m...", "s...", "h..."). Putting a row that is
// equal to the current one changes nothing; one that differs closes the old version. What a put leaves out of
// its members is closed too. Between begin() and commit() all writes are one transaction and one revision.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/records.h"
#include "store/filter.h"

namespace annalist::store {

class Db;

struct Member {
  std::string uid;      // an event (e...), a document (d...) or a claim (c...)
  std::string role;     // story: same, copy, update, related; state: opens, closes, supports, contradicts
  std::string of, why;  // of: the document it copies or updates
  double score = 0;
};

struct MergedEvent {
  std::string uid, type, status, date_from, date_to, date_precision;
  bool contested = false;
  std::string place, country, place_precision;  // place: its uid, as in events
  double lat = 0, lon = 0;
  bool located = false;
  std::string actors, targets;  // names joined by "; "
  Count deaths, injured;
  std::int64_t mentions = 0, reports = 0, sources = 0;  // sources: independent ones
  double confidence = 0;
  std::string why;
  std::vector<Member> members;  // events
};

struct Story {
  std::string uid, title, date_from, date_to, countries, actors, why;
  std::int64_t reports = 0, sources = 0;
  std::vector<Member> members;  // documents
};

struct State {
  std::string uid, attribute;        // control, hostile, allied, supports, member_of, leads
  std::string place;                 // uid; of control
  std::string a, a_name, b, b_name;  // uids and names of actors; the holder of a place is `a`
  std::string valid_from, valid_to, from_precision, to_precision;
  std::string status;  // open, closed, undated, contested ...
  bool contested = false;
  double confidence = 0;
  std::string last_evidence, why;
  std::vector<Member> members;  // events and claims
  std::int64_t recorded_from = 0, recorded_to = 0;
};

class Findings {
 public:
  explicit Findings(Db& db, std::int64_t run) : db_(&db), run_(run) {}

  /// Starts a transaction for writes by the layer called `who` ("story", "state").
  Status begin(std::string_view who);
  Status commit();
  void rollback();

  Status put(const MergedEvent& event);
  Status put(const Story& story);
  Status put(const State& state);
  /// Closes a row (m..., s..., h...) and its members; `target` is where its uid leads from now on, or empty.
  Status close(std::string_view uid, std::string_view target);
  /// Where a uid leads after merges and splits: itself if nowhere else.
  Result<std::string> resolve(std::string_view uid);

  Result<MergedEvent> merged(std::string_view uid, std::int64_t as_of = 0);
  Result<Story> story(std::string_view uid, std::int64_t as_of = 0);
  Result<State> state(std::string_view uid, std::int64_t as_of = 0);
  Result<std::vector<MergedEvent>> all_merged(std::int64_t as_of = 0);
  Result<std::vector<Story>> all_stories(std::int64_t as_of = 0);
  struct StateFilter {
    std::vector<std::string> attributes, places, actors, countries;
    std::string valid_at;    // ISO day; empty: any
    std::int64_t as_of = 0;  // revision; 0: now
  };
  Result<std::vector<State>> states(const StateFilter& filter);
  /// The merged event an event belongs to, the story a document belongs to; empty: none.
  Result<std::string> merged_of(std::string_view event_uid);
  Result<std::string> story_of(std::string_view document_uid);

 private:
  Result<std::int64_t> place_id(std::string_view uid);
  Result<std::int64_t> actor_id(std::string_view uid, std::string_view name);
  Status put_members(std::string_view table, std::string_view owner, const std::vector<Member>& members);
  Db* db_;
  std::int64_t run_ = 0, revision_ = 0;
};

}  // namespace annalist::store
