#include "page/reader.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "page/article.h"
#include "page/charset.h"
#include "page/date_text.h"
#include "page/dateline.h"
#include "page/html.h"
#include "page/json_ld.h"
#include "page/language.h"
#include "page/layout.h"
#include "page/live_blog.h"
#include "page/metadata.h"
#include "page/patterns.h"

namespace annalist {

namespace {

using namespace page;

constexpr std::size_t kMaxPage = 32u << 20;  // bytes

/// HTML if it begins like it: a tag within the first bytes that are no blanks.
bool looks_like_html(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 4096));
  const std::size_t at = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (at == head.npos || head[at] != '<') return false;
  for (std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<div", "<p", "<article", "<meta",
                               "<title", "<h1", "<script", "<!--", "<table", "<section"})
    if (head.find(tag) != head.npos) return true;
  return false;
}

/// Dates and agency that stand visibly in bylines and at the top of the text.
void read_visible(std::string_view text, const std::vector<Block>& blocks, const Patterns& patterns,
                  PageInfo& page) {
  bool prose = false;
  for (const Block& b : blocks) {
    const std::string_view block = text.substr(b.span.begin, b.span.size());
    if (b.kind == BlockKind::paragraph) prose = true;
    const bool head = !prose && b.kind != BlockKind::headline;
    if (b.kind != BlockKind::byline && !head) continue;
    // "By Wire - Mar 02,2015 - Last updated at Mar 03,2015": each date by the words before it.
    std::string_view rest = block.substr(0, 300);
    while (auto hit = find_date(rest, patterns)) {
      std::string_view before = rest.substr(0, hit->span.begin);
      if (const auto mark = before.find_last_of("|;"); mark != before.npos) before.remove_prefix(mark + 1);
      std::string key = phrase_key(before);
      for (std::string_view tail : {" at", " on"})
        if (key.ends_with(tail)) key.resize(key.size() - tail.size());
      Stamp stamp = hit->stamp;
      stamp.source = DateSource::visible;
      Stamp& slot = patterns.updated_before.ends(key) ? page.updated : page.published;
      if (slot.value.empty()) slot = std::move(stamp);
      rest.remove_prefix(hit->span.end);
    }
    if (b.kind == BlockKind::byline && page.authors.empty()) {
      std::string_view names = block;
      const bool by = starts_with_ignore_case(names, "by ");
      if (by) names.remove_prefix(3);
      const std::size_t end = std::min(
          {names.find(" - "), names.find('|'), names.find(" – "), names.find(" — "), names.find('\n')});
      names = trim(names.substr(0, end));
      if (const auto hit = find_date(names, patterns)) names = trim(names.substr(0, hit->span.begin));
      while (names.ends_with(',') || names.ends_with('-')) names.remove_suffix(1);
      if (const auto agency = patterns.agency(names); !agency.empty()) {
        if (page.agency.empty()) page.agency = agency;
        page.authors.emplace_back(agency);
      } else if (by && count_words(names) <= 8) {
        std::string list(names);
        for (std::size_t at; (at = list.find(" and ")) != list.npos;) list.replace(at, 5, ", ");
        for (std::string_view name : split_list(list, ',')) page.authors.emplace_back(collapse_spaces(name));
      }
    }
  }
}

void read_first_paragraphs(std::string_view text, std::vector<Block>& blocks, const Patterns& patterns,
                           PageInfo& page) {
  int seen = 0;
  for (Block& b : blocks) {
    // A wire report of one short line looks like a heading; a date or an agency behind the place says what it
    // is.
    const bool heading = b.kind == BlockKind::heading || b.kind == BlockKind::byline;
    if (b.kind != BlockKind::paragraph && !heading) continue;
    if (++seen > 3) break;
    const std::string_view block = text.substr(b.span.begin, b.span.size());
    const auto hit = read_dateline(block, page.published.day(), patterns);
    if (!hit || (heading && !hit->date && hit->agency.empty())) continue;
    if (heading && (hit->place.empty() || hit->bytes == block.size())) continue;
    b.kind = BlockKind::paragraph;
    page.dateline.place = hit->place;
    page.dateline.date = hit->date;
    page.dateline.span = {b.span.begin, b.span.begin + std::uint32_t(hit->bytes)};
    if (page.agency.empty()) page.agency = hit->agency;
    break;
  }
}

/// True when the headline or a line at either end says that this is a later version of a report.
bool is_revised(std::string_view text, const std::vector<Block>& blocks, const Patterns& patterns,
                const PageInfo& page) {
  if (patterns.revised_start.begins(phrase_key(page.headline)) > 0) return true;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i == 4 && blocks.size() > 8) i = blocks.size() - 4;
    const std::string_view block = text.substr(blocks[i].span.begin, blocks[i].span.size());
    if (block.size() > 400) continue;
    const std::string key = phrase_key(block);
    if ((i < 3 && patterns.revised_start.begins(key) > 0) || patterns.revised_inside.inside(key)) return true;
  }
  return false;
}

std::string id_of(const RawPage& raw) { return raw.id.empty() ? hex(sha256(raw.bytes), 16) : raw.id; }

/// What the caller knows wins over what the page says.
void apply_given(const RawPage& raw, const Patterns& patterns, PageInfo& page) {
  if (!raw.url.empty()) page.url = raw.url;
  if (!raw.publisher.empty()) page.site = raw.publisher;
  if (!raw.headline.empty() && page.headline.empty()) page.headline = raw.headline;
  if (!raw.authors.empty()) page.authors.clear();
  for (const std::string& list : raw.authors) add_names(list, patterns, page.authors);
  if (raw.date.empty()) return;
  if (auto stamp = read_date_value(raw.date, patterns, NumericOrder::day_first)) {
    stamp->source = DateSource::given;
    page.published = std::move(*stamp);
  }
}

void note_language(Document& doc, const std::string& language) {
  if (language != "en") doc.diagnose("W006", "the text is not English (" + language + "); it is not coded");
}

}  // namespace

Result<Reader> Reader::load(const std::vector<DataText>& files) {
  auto patterns = Patterns::load(files);
  if (!patterns) return std::unexpected(patterns.error());
  return Reader(std::make_unique<const Patterns>(std::move(*patterns)));
}

Reader::Reader(std::unique_ptr<const Patterns> patterns) : patterns_(std::move(patterns)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

bool Reader::is_html(const RawPage& raw) {
  return raw.form == RawPage::Form::html ||
         (raw.form == RawPage::Form::unknown && looks_like_html(raw.bytes));
}

Document Reader::read(const RawPage& raw, Workspace& work) const {
  if (looks_binary(raw.bytes)) {
    Document doc(id_of(raw), "");
    PageInfo page;
    apply_given(raw, *patterns_, page);
    page.kind = PageKind::other;
    page.form = PageForm::not_article;
    doc.set_page(std::move(page));
    doc.diagnose("W002", "the input is not text");
    doc.fill(std::vector<Block>{});
    return doc;
  }
  return is_html(raw) ? read_html(raw, work) : read_text(raw);
}

Document Reader::read_text(const RawPage& raw) const {
  const std::string_view bytes = std::string_view(raw.bytes).substr(0, kMaxPage);
  Decoded decoded;
  if (is_valid_utf8(bytes) && bytes.find('\0') == bytes.npos)
    decoded.text = bytes;  // byte for byte, a byte order mark included: spans made elsewhere must fit
  else
    decoded = decode(bytes, raw.charset, false);
  PageInfo page;
  std::vector<Block> blocks = lay_out_text(decoded.text, raw.headline, *patterns_);
  for (const Block& b : blocks)
    if (b.kind == BlockKind::headline) {
      page.headline = collapse_spaces(std::string_view(decoded.text).substr(b.span.begin, b.span.size()));
      break;
    }
  read_visible(decoded.text, blocks, *patterns_, page);
  if (page.published.value.empty() && !raw.url.empty())
    if (auto stamp = date_in_url(raw.url)) {
      page.published = std::move(*stamp);
      page.published.source = DateSource::url;
    }
  apply_given(raw, *patterns_, page);
  read_first_paragraphs(decoded.text, blocks, *patterns_, page);
  page.language = guess_language(decoded.text, "", *patterns_);
  page.revised = is_revised(decoded.text, blocks, *patterns_, page);
  const bool undated = page.published.value.empty() && !page.dateline.date;
  Document doc(id_of(raw), std::move(decoded.text));
  if (blocks.empty()) doc.diagnose("W001", "the input is empty");
  if (decoded.repaired || bytes.find('\0') != bytes.npos)
    doc.diagnose("W003", "bytes that are no text in the charset were replaced");
  if (raw.truncated || raw.bytes.size() > kMaxPage) doc.diagnose("W004", "the input was cut short");
  if (undated) doc.diagnose("W005", "no publication date found");
  note_language(doc, page.language);
  doc.set_page(std::move(page));
  doc.fill(blocks);
  return doc;
}

Document Reader::read_html(const RawPage& raw, Workspace& work) const {
  const Patterns& patterns = *patterns_;
  const std::string_view bytes = std::string_view(raw.bytes).substr(0, kMaxPage);
  const Decoded decoded = decode(bytes, raw.charset, true);
  const HtmlTree tree = work.scratch<HtmlParser>().parse(decoded.text);
  const std::vector<TextUnit> units = text_units(tree);
  const JsonLd ld = read_json_ld(tree.json_ld());
  const Head head = read_head(tree);

  PageInfo page;
  const SiteRule* site = patterns.sites.of(raw.url.empty() ? head.canonical : raw.url);
  page.headline = raw.headline.empty() ? find_headline(tree, units, head, ld, raw.url, site)
                                       : collapse_spaces(raw.headline);
  const Article article = find_article(tree, units, ld, page.headline, patterns, site);
  find_metadata(tree, units, head, ld, article, patterns, raw.url, decoded.text, page);

  page.form = page_form(units, head, ld, article, patterns, page);
  page.kind = kind_of(page.form);

  // The text: headline, then blocks, one blank line between.
  std::string text;
  std::vector<Block> blocks;
  const auto add = [&](std::string_view block, BlockKind kind) {
    if (block.empty()) return;
    if (!text.empty()) text += "\n\n";
    const auto begin = std::uint32_t(text.size());
    text += block;
    blocks.push_back({{begin, std::uint32_t(text.size())}, kind});
  };
  add(page.headline, BlockKind::headline);
  const std::size_t before = blocks.size();
  for (const ArticleBlock& block : article.blocks)
    add(block.text, page.form == PageForm::consent_page ? BlockKind::boilerplate : block.kind);
  if (page.form == PageForm::live_blog)
    for (LiveEntry& e : live_entries(tree, units, ld, article, patterns, page))
      page.entries.push_back({{blocks[before + e.first].span.begin, blocks[before + e.last - 1].span.end},
                              std::move(e.time),
                              std::move(e.heading)});

  apply_given(raw, patterns, page);
  read_first_paragraphs(text, blocks, patterns, page);
  page.revised = is_revised(text, blocks, patterns, page);
  std::string_view declared =
      !head.language.empty() ? std::string_view(head.language) : std::string_view(ld.language);
  page.language = guess_language(text, lower(declared), patterns);
  const bool undated = page.published.value.empty() && !page.dateline.date;
  Document doc(id_of(raw), std::move(text));
  if (blocks.empty()) doc.diagnose("W001", "the page holds no text");
  if (decoded.repaired) doc.diagnose("W003", "bytes that are no text in the charset were replaced");
  if (raw.truncated || raw.bytes.size() > kMaxPage) doc.diagnose("W004", "the input was cut short");
  if (undated) doc.diagnose("W005", "no publication date found");
  note_language(doc, page.language);
  if (!blocks.empty() && !article.found) doc.diagnose("W007", "no article found on the page");
  if (const std::string_view what = described(page.form); !what.empty())
    doc.diagnose("W009", "the page is " + std::string(what));
  if (tree.capped()) doc.diagnose("W008", "too deeply nested or too many tags; some were left out");
  doc.set_page(std::move(page));
  doc.fill(blocks);
  return doc;
}

}  // namespace annalist
