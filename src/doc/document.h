// One report: an immutable UTF-8 text, the page it came from, and one column of records a layer.
//
// The Document owns everything (arena, interner, columns); views borrow. A layer is filled once, by the
// stage that declares it, and is frozen from then on: readers get std::span<const T>. Filling a layer twice
// is a programmer's error and stops a debug build. One thread at a time; no thread shares a Document.
#pragma once

#include <cassert>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/arena.h"
#include "base/interner.h"
#include "doc/records.h"

namespace annalist {

struct Dateline {
  std::string place;
  Day date;
  Span span;  // empty: no dateline. The words of the dateline, agency included
};

struct Stamp {
  std::string value;  // ISO 8601, as precise as `precision`; empty: unknown
  DatePrecision precision = DatePrecision::day;
  DateSource source = DateSource::none;
  Day day() const { return Day::parse_iso(value); }
};

/// One entry of a live blog.
struct PageEntry {
  Span span;  // its blocks in the text
  Stamp time;
  std::string heading;
};

/// What is known of the page as a whole. Absent knowledge is an empty string.
struct PageInfo {
  std::string url, canonical_url, site, headline, subtitle, section, agency, language;
  std::vector<std::string> authors, tags;
  Dateline dateline;
  Stamp published, updated;
  PageKind kind = PageKind::article;
  PageForm form = PageForm::article;  // what kind it is more closely
  bool revised = false;               // it says that it corrects or updates an earlier version
  std::vector<PageEntry> entries;     // of a live blog, in the order of the page
};

/// A layer is named by its record type: Layer list = what a stage may read or write.
template <class... Records>
struct Layers {};

/// All record columns a document has, in the order they are filled.
using AllLayers = Layers<Block, Sentence, Token, Syntax, ModelTags, DeedTag, SenseTag, Predicate, Argument,
                         Mention, Time, Place, PlaceAlternative, ActorLink, Entity, MentionEntity, Event,
                         EventMention, EventArg, EventPlace, Why, Claim, ClaimContent, ClaimEvent, Conflict,
                         ConflictClaim, Assessment, AssessmentStep, Relation, Control>;

class Document {
 public:
  /// Takes the text over. It must be valid UTF-8 (base/utf8.h repairs) and shorter than 4 GiB.
  Document(std::string id, std::string text)
      : id_(std::move(id)), text_(std::make_unique<const std::string>(std::move(text))) {}
  Document(Document&&) noexcept = default;
  Document& operator=(Document&&) noexcept = default;

  const std::string& id() const { return id_; }
  std::string_view text() const { return *text_; }
  std::string_view text(Span s) const { return std::string_view(*text_).substr(s.begin, s.end - s.begin); }

  const PageInfo& page() const { return page_; }
  void set_page(PageInfo page) { page_ = std::move(page); }
  /// The day "today" means in this text: dateline date, else publication date, else none.
  Day reference_day() const { return page_.dateline.date ? page_.dateline.date : page_.published.day(); }

  /// The byte at which the lead ends, the paragraphs in which a report tells its news; 0: no paragraph.
  std::uint32_t lead_end() const {
    std::uint32_t end = 0, left = 2;
    for (const Block& b : all<Block>())
      if (b.kind == BlockKind::paragraph && left > 0) end = b.span.end, --left;
    return end;
  }

  /// The records of a layer; empty before its stage ran.
  template <class Record>
  std::span<const Record> all() const {
    return std::get<Column<Record>>(columns_).records;
  }
  template <class Record>
  const Record& operator[](Id<Record> id) const {
    return all<Record>()[id.value];
  }
  template <class Record>
  std::span<const Record> operator[](Range<Record> r) const {
    return all<Record>().subspan(r.first, r.count);
  }
  template <class Record>
  bool filled() const {
    return std::get<Column<Record>>(columns_).filled;
  }

  /// Fills and freezes a layer with a copy of `records`.
  template <class Record>
  void fill(const std::vector<Record>& records) {
    auto& column = std::get<Column<Record>>(columns_);
    assert(!column.filled && "a layer is written once");
    column.records = state_->arena.copy(std::span<const Record>(records));
    column.filled = true;
  }

  StrId intern(std::string_view s) { return state_->strings.intern(s); }
  std::string_view str(StrId id) const { return state_->strings[id]; }

  /// Notes ugly input. `code` is one of docs/formats/diagnostics.md.
  void diagnose(std::string_view code, std::string_view message, Span span = {}) {
    diagnostics_.push_back({intern(code), intern(message), span});
  }
  std::span<const Diagnostic> diagnostics() const { return diagnostics_; }

 private:
  template <class Record>
  struct Column {
    std::span<const Record> records;
    bool filled = false;
  };
  template <class L>
  struct ColumnsOf;
  template <class... R>
  struct ColumnsOf<Layers<R...>> {
    using type = std::tuple<Column<R>...>;
  };
  struct State {  // behind a pointer, so that moving a Document keeps addresses
    Arena arena;
    Interner strings{arena};
  };

  std::string id_;
  std::unique_ptr<const std::string> text_;
  PageInfo page_;
  std::unique_ptr<State> state_ = std::make_unique<State>();
  ColumnsOf<AllLayers>::type columns_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace annalist
