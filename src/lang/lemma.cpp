#include "lang/lemma.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::lang {
namespace {

constexpr std::size_t kLongestSuffix = 5;  // code points, as the table was trained
constexpr std::size_t kLongestForm = 256;  // bytes; what is longer is no word of a table
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t back_one(std::string_view s, std::size_t at) {
  do --at;
  while (at > 0 && is_continuation(s[at]));
  return at;
}

}  // namespace

char32_t lower_code_point(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(to_lower(static_cast<char>(c)));
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB && c != 0x3A2) ||
      (c >= 0x410 && c <= 0x42F))
    return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x531 && c <= 0x556) return c + 0x30;
  if (c == 0x178) return 0xFF;
  if (c == 0x130) return 'i';
  // Latin Extended-A goes in pairs; in two stretches the capital is the odd one.
  const bool odd_capitals = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  const bool pairs = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || odd_capitals ||
                     (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F) ||
                     (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF);
  if (pairs && (c % 2 == 1) == odd_capitals) return c + 1;
  return c;
}

void lower_utf8(std::string_view s, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < s.size();) {
    if (static_cast<unsigned char>(s[at]) < 0x80)
      out.push_back(to_lower(s[at++]));
    else
      append_utf8(out, lower_code_point(next_code_point(s, at)));
  }
}

Lemmatiser::Lemmatiser(std::vector<Rule> rules, LineList keys, std::span<const std::uint16_t> rule_of,
                       LineList suffixes, std::span<const std::uint16_t> suffix_rule_of)
    : rules_(std::move(rules)),
      keys_(std::move(keys)),
      suffixes_(std::move(suffixes)),
      rule_of_(rule_of),
      suffix_rule_of_(suffix_rule_of) {}

bool Lemmatiser::parse_rule(std::string_view line, Rule& rule) {
  const std::size_t first = line.find('\t');
  const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (first != 1 || second == std::string_view::npos) return false;
  if (line[0] != 'l' && line[0] != 'k' && line[0] != 't') return false;
  rule.letters = line[0];
  rule.add = line.substr(second + 1);
  const char* end = line.data() + second;
  return std::from_chars(line.data() + 2, end, rule.cut).ptr == end && second > 2;
}

const Lemmatiser::Rule* Lemmatiser::rule_for(std::string_view low, std::string_view upos,
                                             std::string& key) const {
  if (low.size() > kLongestForm) return nullptr;
  key.assign(low).append(1, '\t').append(upos);
  if (const auto at = keys_.find_sorted(key)) return &rules_[rule_of_[*at]];
  std::size_t begin[kLongestSuffix + 1] = {low.size()};
  std::size_t count = 1;
  while (count <= kLongestSuffix && begin[count - 1] > 0) {
    begin[count] = back_one(low, begin[count - 1]);
    ++count;
  }
  while (count-- > 0)
    if (const auto at = suffixes_.find_sorted(std::string_view(key).substr(begin[count])))
      return &rules_[suffix_rule_of_[*at]];
  return nullptr;
}

void Lemmatiser::append(std::string_view form, std::string_view upos, std::string& key, std::string& low,
                        std::string& out) const {
  lower_utf8(form, low);
  const Rule* rule = rule_for(low, upos, key);
  if (!rule) {
    out += low;
    return;
  }
  const std::size_t before = out.size();
  if (rule->letters == 'k') {
    out += form;
  } else {
    out += low;
    // As the table was trained: ASCII first letters become capitals, others stay as they are.
    if (rule->letters == 't' && !form.empty()) {
      std::size_t form_first = 0, low_first = 0;
      next_code_point(form, form_first);
      next_code_point(low, low_first);
      out.replace(before, low_first, form.substr(0, form_first));
      if (is_lower(out[before])) out[before] = static_cast<char>(out[before] - 32);
    }
  }
  std::size_t end = out.size();
  for (std::uint32_t i = 0; i < rule->cut && end > before; ++i) end = back_one(out, end);
  out.resize(std::max(end, before));
  out += rule->add;
  if (out.size() == before) out += low;
}

}  // namespace annalist::lang
