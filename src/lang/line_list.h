// A list section of a pack: one entry a line. A view with an index; the bytes stay in the mapped file.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace annalist::lang {

class LineList {
 public:
  LineList() = default;
  /// `bytes` outlives the list. Whatever follows the last line break is no entry.
  explicit LineList(std::string_view bytes) : bytes_(bytes) {
    begin_.push_back(0);
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1))
      begin_.push_back(static_cast<std::uint32_t>(at + 1));
  }

  std::size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  std::string_view operator[](std::size_t i) const {
    return bytes_.substr(begin_[i], begin_[i + 1] - begin_[i] - 1);
  }
  /// Position of an entry in a list that is sorted by bytes.
  std::optional<std::size_t> find_sorted(std::string_view key) const {
    std::size_t low = 0, high = size();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if ((*this)[middle] < key)
        low = middle + 1;
      else
        high = middle;
    }
    if (low < size() && (*this)[low] == key) return low;
    return std::nullopt;
  }
  /// Position of an entry in any list; slow.
  std::optional<std::size_t> find(std::string_view key) const {
    for (std::size_t i = 0; i < size(); ++i)
      if ((*this)[i] == key) return i;
    return std::nullopt;
  }

 private:
  std::string_view bytes_;
  std::vector<std::uint32_t> begin_;
};

}  // namespace annalist::lang
