// What the readers of packed streams share: raw bytes in front of the library that inflates them, the search
// for the next member, and gaps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "source/input.h"

namespace annalist::source {

class PackedSource : public ByteSource {
 public:
  std::optional<std::string> gap() const override { return gap_; }
  void resume() override { gap_.reset(); }

 protected:
  explicit PackedSource(std::unique_ptr<ByteSource> from) : from_(std::move(from)) {}

  /// The raw bytes that are not yet used; valid until the next pull.
  std::string_view rest() const { return std::string_view(buffer_).substr(at_); }
  /// Below zero gives back: a decoder that reads ahead returns what it had taken of the next member, a few
  /// bytes.
  void use(std::ptrdiff_t n) { at_ = n < 0 ? at_ - std::min(at_, std::size_t(-n)) : at_ + std::size_t(n); }

  /// More raw bytes behind the rest; false at the end.
  bool pull() {
    constexpr std::size_t kStep = 128 * 1024;
    const std::size_t kept = std::min(at_, kReadAhead);
    buffer_.erase(0, at_ - kept);
    at_ = kept;
    const std::size_t had = buffer_.size();
    buffer_.resize_and_overwrite(
        had + kStep, [&](char* bytes, std::size_t) { return had + from_->read(bytes + had, kStep); });
    return buffer_.size() > had;
  }
  /// At least `n` bytes of rest; false where there are not so many.
  bool have(std::size_t n) {
    while (rest().size() < n)
      if (!pull()) return false;
    return true;
  }
  /// On to the next place where `magic` stands; false where it stands nowhere.
  bool find(std::string_view magic) {
    while (have(magic.size())) {
      if (const std::size_t hit = rest().find(magic); hit != std::string_view::npos) {
        use(std::ptrdiff_t(hit));
        return true;
      }
      use(std::ptrdiff_t(rest().size() - (magic.size() - 1)));
      if (!pull()) return false;
    }
    return false;
  }

  /// Ends the member that is being read, as broken.
  void break_off(std::string why) {
    open_ = false;
    gap_ = std::move(why);
  }

  static constexpr std::size_t kReadAhead = 8;  // bytes that a decoder may give back

  bool open_ = false;  // within a member
  std::optional<std::string> gap_;

 private:
  std::unique_ptr<ByteSource> from_;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace annalist::source
