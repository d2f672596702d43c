// Gzip members one after the other, by Intel's ISA-L where it was there at build time (two to three times as
// fast), else by zlib.
#ifdef ANNALIST_ISAL
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

#include <algorithm>

#include "source/input.h"

namespace annalist::source {

namespace {

constexpr std::size_t kStep = 64 * 1024;
constexpr std::size_t kMost = 1u << 30;  // bytes a library is given at a time

/// Inflates one gzip member at a time and checks its sum.
class Inflater {
 public:
  struct Step {
    std::size_t read = 0, written = 0;
    bool ended = false, broken = false;
  };
#ifdef ANNALIST_ISAL
  Inflater() : state_(std::make_unique<inflate_state>()) {}
  bool begin() {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
    return true;
  }
  Step run(std::string_view in, char* to, std::size_t n) {
    in = in.substr(0, kMost);
    n = std::min(n, kMost);
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_->avail_in = std::uint32_t(in.size());
    state_->next_out = reinterpret_cast<std::uint8_t*>(to);
    state_->avail_out = std::uint32_t(n);
    const int rc = isal_inflate(state_.get());
    return {in.size() - state_->avail_in, n - state_->avail_out, state_->block_state == ISAL_BLOCK_FINISH,
            rc < 0};
  }

 private:
  std::unique_ptr<inflate_state> state_;  // 150 KB
#else
  Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&state_); }
  bool begin() {
    inflateEnd(&state_);
    state_ = {};
    return inflateInit2(&state_, 16 + MAX_WBITS) == Z_OK;
  }
  Step run(std::string_view in, char* to, std::size_t n) {
    in = in.substr(0, kMost);
    n = std::min(n, kMost);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    state_.avail_in = uInt(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = uInt(n);
    const int rc = ::inflate(&state_, Z_NO_FLUSH);
    return {in.size() - state_.avail_in, n - state_.avail_out, rc == Z_STREAM_END,
            rc != Z_OK && rc != Z_BUF_ERROR && rc != Z_STREAM_END};
  }

 private:
  z_stream state_{};
#endif
};

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> from) : from_(std::move(from)) {}

  std::size_t read(char* to, std::size_t n) override {
    while (!gap_) {
      if (!open_ && !open_member()) return 0;
      const bool more = fill();
      const Inflater::Step step = inflater_.run(std::string_view(buffer_).substr(at_), to, n);
      at_ += step.read;
      const std::size_t got = step.written;
      if (step.ended) {
        open_ = false;
      } else if (step.broken) {
        break_off("broken gzip data");
      } else if (got == 0 && !more) {
        break_off("gzip data ends too early");
      }
      if (got > 0) return got;
    }
    return 0;
  }
  std::optional<std::string> gap() const override { return gap_; }
  void resume() override { gap_.reset(); }

 private:
  /// Fills the raw buffer; false when nothing is left at all.
  bool fill() {
    if (at_ < buffer_.size()) return true;
    buffer_.resize(kStep);
    at_ = 0;
    buffer_.resize(from_->read(buffer_.data(), kStep));
    return !buffer_.empty();
  }

  /// Finds the next "1f 8b 08" and starts a member there.
  bool open_member() {
    while (true) {
      while (buffer_.size() - at_ < 3) {
        std::string more(kStep, '\0');
        more.resize(from_->read(more.data(), kStep));
        if (more.empty()) return false;
        buffer_.erase(0, at_);
        at_ = 0;
        buffer_ += more;
      }
      const std::size_t hit = buffer_.find("\x1F\x8B\x08", at_);
      if (hit != std::string::npos) {
        at_ = hit;
        break;
      }
      at_ = buffer_.size() - 2;
      if (!pull()) return false;
    }
    open_ = inflater_.begin();
    return open_;
  }
  bool pull() {
    std::string more(kStep, '\0');
    more.resize(from_->read(more.data(), kStep));
    buffer_.erase(0, at_);
    at_ = 0;
    buffer_ += more;
    return !more.empty();
  }
  void break_off(std::string why) {
    open_ = false;
    gap_ = std::move(why);
  }

  std::unique_ptr<ByteSource> from_;
  std::string buffer_;
  std::size_t at_ = 0;
  Inflater inflater_;
  bool open_ = false;
  std::optional<std::string> gap_;
};

}  // namespace

std::unique_ptr<ByteSource> inflate_gzip(std::unique_ptr<ByteSource> from) {
  return std::make_unique<GzipSource>(std::move(from));
}

}  // namespace annalist::source
