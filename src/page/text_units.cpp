// The walk over the tree that collects text between block boundaries.
#include "base/paragraphs.h"
#include "base/strings.h"
#include "page/article.h"
#include "page/layout.h"

namespace annalist::page {

namespace {

bool is_inline(Tag t) {
  switch (t) {
    case Tag::text:
    case Tag::span:
    case Tag::a:
    case Tag::b:
    case Tag::strong:
    case Tag::i:
    case Tag::em:
    case Tag::u:
    case Tag::s:
    case Tag::sup:
    case Tag::sub:
    case Tag::small:
    case Tag::font:
    case Tag::abbr:
    case Tag::cite:
    case Tag::q:
    case Tag::mark:
    case Tag::code:
    case Tag::time:
    case Tag::img:
    case Tag::picture:
    case Tag::label:
      return true;
    default:
      return false;
  }
}

bool is_skipped(Tag t) {
  return t == Tag::head || t == Tag::button || t == Tag::video || t == Tag::audio || t == Tag::title ||
         t == Tag::meta || t == Tag::link;
}

class Collector {
 public:
  explicit Collector(const HtmlTree& tree) : tree_(tree) {}

  std::vector<TextUnit> run() {
    const auto nodes = tree_.nodes();
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      leave(i);
      const Node& n = nodes[i];
      if (is_skipped(n.tag)) {
        if (n.tag == Tag::button) blank();
        i = n.end - 1;
        continue;
      }
      if (n.tag == Tag::text) {
        if (text_.empty()) begin_ = i;
        add(n.text, i < link_end_);
        continue;
      }
      if (n.tag == Tag::a) link_end_ = std::max(link_end_, n.end);
      if (n.tag == Tag::li) list_end_ = std::max(list_end_, n.end);
      if (n.tag == Tag::figure || n.tag == Tag::figcaption) figure_end_ = std::max(figure_end_, n.end);
      if (n.tag == Tag::td || n.tag == Tag::th) cell_end_ = std::max(cell_end_, n.end);
      if (n.tag == Tag::br) {
        if (++breaks_ >= 2) flush();
        blank();
      } else if (!is_inline(n.tag)) {
        flush();
        open_.push_back(i);
      }
    }
    flush();
    return std::move(units_);
  }

 private:
  /// Closes the blocks that end before node `i`.
  void leave(std::uint32_t i) {
    while (!open_.empty() && tree_[open_.back()].end <= i) {
      flush();
      open_.pop_back();
    }
  }

  void blank() {
    if (!text_.empty() && text_.back() != ' ') text_ += ' ';
  }

  void add(std::string_view s, bool link) {
    const std::size_t before = text_.size();
    for (std::size_t at = 0; at < s.size(); ++at) {
      const char c = s[at];
      if (is_space(c) || c == '\0') {
        blank();
      } else if (c == '\xC2' && at + 1 < s.size() && s[at + 1] == '\xA0') {
        blank();
        ++at;
      } else if (c == '\xE2' && (s.substr(at, 3) == "\xE2\x80\x8B" || s.substr(at, 3) == "\xE2\x80\xA8")) {
        at += 2;  // zero-width blank, line separator
      } else if (c == '\xC2' && at + 1 < s.size() && s[at + 1] == '\xAD') {
        ++at;  // soft hyphen
      } else {
        // To the next byte that may be a blank or begin one.
        std::size_t end = at + 1;
        while (end < s.size() && static_cast<unsigned char>(s[end]) > ' ' && s[end] != '\xC2' &&
               s[end] != '\xE2')
          ++end;
        text_.append(s.substr(at, end - at));
        at = end - 1;
        breaks_ = 0;
      }
    }
    if (link) link_bytes_ += text_.size() - before;
  }

  void flush() {
    breaks_ = 0;
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    if (!text_.empty()) {
      TextUnit u;
      u.node = open_.empty() ? 0 : open_.back();
      u.at = begin_;
      u.tag = tree_[u.node].tag;
      u.text = std::move(text_);
      u.link_bytes = std::min(link_bytes_, u.text.size());
      u.words = std::uint16_t(std::min<std::size_t>(count_words(u.text), 65535));
      u.sentence = ends_like_sentence(u.text);
      u.in_list = begin_ < list_end_;
      u.in_figure = begin_ < figure_end_;
      u.in_cell = begin_ < cell_end_;
      units_.push_back(std::move(u));
    }
    text_.clear();
    link_bytes_ = 0;
  }

  const HtmlTree& tree_;
  std::vector<TextUnit> units_;
  std::vector<std::uint32_t> open_;
  std::string text_;
  std::size_t link_bytes_ = 0;
  int breaks_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t link_end_ = 0, list_end_ = 0, figure_end_ = 0, cell_end_ = 0;
};

}  // namespace

std::vector<TextUnit> text_units(const HtmlTree& tree) { return Collector(tree).run(); }

}  // namespace annalist::page
