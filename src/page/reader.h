// One raw page -> a Document with its text, its blocks and what is known of the page.
//
// Reader is immutable after load and shared by all threads. Nothing a page can hold makes it fail: what is
// ugly is noted as a diagnostic (docs/formats/diagnostics.md) and the best is made of the rest.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/raw_page.h"
#include "doc/stage.h"
#include "pack/data_text.h"

namespace annalist {

namespace page {
struct Patterns;
}

class Reader {
 public:
  using writes = Layers<Block>;
  static constexpr std::string_view name = "read";

  /// Needs patterns/{agencies,page_phrases,page_tokens,months,languages}.txt.
  static Result<Reader> load(const std::vector<DataText>& files);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Reads HTML or plain text; an unknown form is decided by the first bytes. For plain text the text of the
  /// Document is byte-identical to the input, unless that is no UTF-8.
  Document read(const RawPage& raw, Workspace& work) const;

  /// Why each block of a page was kept or left out and where each field came from, as lines for people.
  std::string explain(const RawPage& raw, Workspace& work) const;

 private:
  explicit Reader(std::unique_ptr<const page::Patterns> patterns);
  static bool is_html(const RawPage& raw);
  Document read_text(const RawPage& raw) const;
  Document read_html(const RawPage& raw, Workspace& work) const;
  std::unique_ptr<const page::Patterns> patterns_;
};

}  // namespace annalist
