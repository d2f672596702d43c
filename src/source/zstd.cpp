// Zstandard frames, with the dictionary that archives of the Internet Archive put in front.
#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "source/input.h"

namespace annalist::source {

namespace {

constexpr std::size_t kStep = 128 * 1024;
constexpr std::size_t kMaxDictionary = 64u << 20;
constexpr std::string_view kFrame = "\x28\xB5\x2F\xFD";
constexpr std::string_view kDictionaryFrame = "\x5D\x2A\x4D\x18";

class ZstdSource : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> from) : from_(std::move(from)), state_(ZSTD_createDCtx()) {
    ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, 27);
  }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;
  ~ZstdSource() override { ZSTD_freeDCtx(state_); }

  std::size_t read(char* to, std::size_t n) override {
    while (!gap_) {
      if (!started_) {
        started_ = true;
        read_dictionary();
        if (gap_) break;
      }
      if (!open_ && !find_frame()) return 0;
      ZSTD_outBuffer out{to, n, 0};
      const bool more = at_ < buffer_.size() || pull();
      ZSTD_inBuffer in{buffer_.data(), buffer_.size(), at_};
      const std::size_t rc = ZSTD_decompressStream(state_, &out, &in);
      const bool moved = in.pos != at_;
      at_ = in.pos;
      if (ZSTD_isError(rc)) {
        break_off(std::string("broken zstd data: ") + ZSTD_getErrorName(rc));
        // Behind the magic of the broken frame, so that the search does not find it again.
        if (!moved) at_ = std::min(at_ + 1, buffer_.size());
      } else if (rc == 0) {
        open_ = false;
      } else if (out.pos == 0 && !more) {
        break_off("zstd data ends too early");
      }
      if (out.pos > 0) return out.pos;
    }
    return 0;
  }
  std::optional<std::string> gap() const override { return gap_; }
  void resume() override { gap_.reset(); }

 private:
  bool pull() {
    std::string more(kStep, '\0');
    more.resize(from_->read(more.data(), kStep));
    buffer_.erase(0, at_);
    at_ = 0;
    buffer_ += more;
    return !more.empty();
  }

  bool have(std::size_t n) {
    while (buffer_.size() - at_ < n)
      if (!pull()) return false;
    return true;
  }

  void read_dictionary() {
    if (!have(8) || std::string_view(buffer_).substr(at_, 4) != kDictionaryFrame) return;
    std::uint32_t size = 0;
    for (int i = 3; i >= 0; --i)
      size = size << 8 | static_cast<unsigned char>(buffer_[at_ + 4 + std::size_t(i)]);
    if (size > kMaxDictionary || !have(8 + std::size_t(size))) {
      gap_ = "the dictionary of the zstd archive is cut or larger than 64 MiB";
      return;
    }
    std::string dictionary = buffer_.substr(at_ + 8, size);
    at_ += 8 + std::size_t(size);
    if (dictionary.starts_with(kFrame)) {
      std::string plain(kMaxDictionary, '\0');
      const std::size_t got =
          ZSTD_decompress(plain.data(), plain.size(), dictionary.data(), dictionary.size());
      if (ZSTD_isError(got)) {
        gap_ = "the dictionary of the zstd archive is broken";
        return;
      }
      plain.resize(got);
      dictionary = std::move(plain);
    }
    ZSTD_DCtx_loadDictionary(state_, dictionary.data(), dictionary.size());
  }

  /// Finds the next frame and starts it.
  bool find_frame() {
    while (true) {
      if (!have(4)) return false;
      const std::size_t hit = buffer_.find(kFrame, at_);
      if (hit != std::string::npos) {
        at_ = hit;
        break;
      }
      at_ = buffer_.size() - 3;
      if (!pull()) return false;
    }
    ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
    return open_ = true;
  }

  void break_off(std::string why) {
    open_ = false;
    gap_ = std::move(why);
  }

  std::unique_ptr<ByteSource> from_;
  ZSTD_DCtx* state_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool started_ = false, open_ = false;
  std::optional<std::string> gap_;
};

}  // namespace

std::unique_ptr<ByteSource> inflate_zstd(std::unique_ptr<ByteSource> from) {
  return std::make_unique<ZstdSource>(std::move(from));
}

}  // namespace annalist::source
