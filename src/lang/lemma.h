// Lemmas from a table of known forms, else from the longest known ending; docs/formats/model.md section 7.
// Views into the model file; immutable, shared by all threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lang/line_list.h"

namespace annalist::lang {

/// Lower case of one code point: Latin, Greek, Cyrillic and Armenian; other scripts have no case here.
char32_t lower_code_point(char32_t c);
/// `s` with every code point in lower case, written into `out`.
void lower_utf8(std::string_view s, std::string& out);

class Lemmatiser {
 public:
  struct Rule {
    char letters = 'l';     // l: lower case first; t: first letter a capital, rest lower; k: as written
    std::uint32_t cut = 0;  // code points dropped at the end
    std::string_view add;
  };
  /// `keys` and `suffixes` are sorted; `rule_of` and `suffix_rule_of` hold an index into `rules` for each.
  Lemmatiser() = default;
  Lemmatiser(std::vector<Rule> rules, LineList keys, std::span<const std::uint16_t> rule_of,
             LineList suffixes, std::span<const std::uint16_t> suffix_rule_of);

  /// Appends the lemma of `form`, never empty for a form that is not. `key` and `low` are scratch.
  void append(std::string_view form, std::string_view upos, std::string& key, std::string& low,
              std::string& out) const;

  /// True if the table has that lower-case form with that tag.
  bool knows(std::string_view low, std::string_view upos) const {
    std::string key(low);
    key.append(1, '\t').append(upos);
    return keys_.find_sorted(key).has_value();
  }

  /// Reads "case TAB cut TAB add"; false if the line is no rule.
  static bool parse_rule(std::string_view line, Rule& rule);

 private:
  const Rule* rule_for(std::string_view low, std::string_view upos, std::string& key) const;

  std::vector<Rule> rules_;
  LineList keys_, suffixes_;
  std::span<const std::uint16_t> rule_of_, suffix_rule_of_;
};

}  // namespace annalist::lang
