// Turns the texts of data/codebook/ into a Codebook. Used once, by Codebook::load.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "event/codebook.h"
#include "pack/stanza.h"

namespace annalist::event {

/// A whole number; the error says where.
Result<int> whole_number(std::string_view text, const std::string& where);

class CodebookReader {
 public:
  Result<Codebook> read(const std::vector<DataText>& files);

 private:
  Status read_classes(const DataText& file);
  Status read_types(const DataText& file);
  Status read_frames(const DataText& file);
  Status read_status(const DataText& file);
  Status read_support(const DataText& file);
  Status read_means(const DataText& file);
  Status read_contexts(const DataText& file);
  Status read_filters(const DataText& file);
  Status read_numbers(const DataText& file);
  Status read_probes(const DataText& file);
  Status read_relations(const DataText& file);

  Status add_triggers(const StanzaField& field, TriggerKind kind, std::uint32_t frame);
  Result<std::vector<SlotRef>> slots(std::string_view text, const std::string& where);
  Result<Need> need(std::string_view text, bool bar, const std::string& where);
  Result<PloverRule> plover_rule(std::string_view text, const std::string& where) const;
  Result<AcledRule> acled_rule(std::string_view text, const std::string& where) const;
  Result<TypeId> type(std::string_view name, const std::string& where) const;
  std::vector<Word> word_list(const std::vector<std::string_view>& words);
  Status index();

  Codebook book_;
  std::vector<std::string> classes_;
  std::vector<Trigger> triggers_;
  std::vector<std::pair<Word, Support>> supports_;
  struct GovernorEntry {
    Word word;
    std::size_t part;
    Governor governor;
  };
  std::vector<GovernorEntry> governors_;
  std::vector<std::pair<Word, NumberWord>> numbers_;
  std::map<std::string, std::string> frame_ids_;  // id -> where, so that an id is unique over all files
};

}  // namespace annalist::event
