// PETRARCH's input XML: each <Sentence date= id= source=> with a <Text> a page.
#include "base/strings.h"
#include "base/utf8.h"
#include "source/input.h"
#include "source/source.h"
#include "source/xml.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxFile = 256u << 20;

class PetrarchReader : public RecordReader {
 public:
  PetrarchReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (!sentences_) {
      text_ = input_->peek(kMaxFile + 1);
      if (text_.size() > kMaxFile) return end(fail("the file is larger than 256 MiB", name_, "split it"));
      if (!is_valid_utf8(text_)) text_ = repair_utf8(text_);
      sentences_.emplace(text_, "Sentence");
    }
    if (ended_ || !sentences_->next()) {
      if (ended_ || number_ > 0) return std::nullopt;
      return end(fail("no <Sentence> in the file", name_));
    }
    RawPage page;
    page.id = attribute(sentences_->attributes, "id");
    page.origin = name_ + ", sentence " + std::to_string(++number_) + (page.id.empty() ? "" : " " + page.id);
    page.date = attribute(sentences_->attributes, "date");
    page.publisher = attribute(sentences_->attributes, "source");
    page.bytes = plain_text(element(sentences_->content, "Text"));
    page.form = RawPage::Form::text;
    if (page.bytes.empty()) return fail("the sentence has no <Text>", page.origin);
    return page;
  }

 private:
  std::optional<Result<RawPage>> end(std::optional<Result<RawPage>> with) {
    ended_ = true;
    return with;
  }

  std::unique_ptr<Input> input_;
  std::string name_, text_;
  std::optional<Elements> sentences_;
  std::size_t number_ = 0;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_petrarch(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<PetrarchReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
