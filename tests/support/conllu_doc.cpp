#include "support/conllu_doc.h"

#include <stdexcept>
#include <string>
#include <vector>

#include "base/strings.h"
#include "doc/morph.h"

namespace annalist::test {

Document document_from_conllu(std::string_view conllu) {
  struct Row {
    std::string form, lemma, upos, feats, head, deprel;
    bool space_after;
  };
  struct Sent {
    std::vector<Row> rows;
    bool headline = false, newpar = false;
  };
  std::vector<Sent> sents(1);
  std::string date;
  for (std::string_view line : split(conllu, '\n')) {
    line = trim(line);
    if (line.empty()) {
      if (!sents.back().rows.empty()) sents.emplace_back();
    } else if (line.starts_with("# date =")) {
      date = trim(line.substr(8));
    } else if (line.starts_with("# headline")) {
      sents.back().headline = true;
    } else if (line.starts_with("# newpar")) {
      sents.back().newpar = true;
    } else if (line.front() != '#') {
      // Cells may be separated by tabs or runs of blanks, to keep tests readable.
      std::vector<std::string> cells;
      for (std::string_view tab : split(line, '\t'))
        for (std::string_view cell : split_list(tab, ' ')) cells.emplace_back(cell);
      if (cells.size() == 6)  // short form: id form lemma upos head deprel
        cells = {cells[0], cells[1], cells[2], cells[3], "_", "_", cells[4], cells[5], "_", "_"};
      if (cells.size() == 7)  // short form with feats: id form lemma upos feats head deprel
        cells = {cells[0], cells[1], cells[2], cells[3], "_", cells[4], cells[5], cells[6], "_", "_"};
      if (cells.size() != 10) throw std::runtime_error("bad CoNLL-U line: " + std::string(line));
      if (cells[0].find_first_of("-.") != std::string::npos) continue;
      sents.back().rows.push_back({cells[1], cells[2], cells[3], cells[5], cells[6], cells[7],
                                   cells[9].find("SpaceAfter=No") == std::string::npos});
    }
  }
  if (sents.back().rows.empty()) sents.pop_back();

  std::string text;
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  for (const Sent& sent : sents) {
    const bool new_block =
        blocks.empty() || sent.newpar || sent.headline || blocks.back().kind == BlockKind::headline;
    if (!text.empty()) text += new_block ? "\n\n" : " ";
    const auto begin = static_cast<std::uint32_t>(text.size());
    const auto first = static_cast<std::uint32_t>(tokens.size());
    for (std::size_t i = 0; i < sent.rows.size(); ++i) {
      const auto at = static_cast<std::uint32_t>(text.size());
      text += sent.rows[i].form;
      tokens.push_back(
          {{at, static_cast<std::uint32_t>(text.size())}, static_cast<std::uint32_t>(sentences.size())});
      if (sent.rows[i].space_after && i + 1 < sent.rows.size()) text += " ";
    }
    const Span span{begin, static_cast<std::uint32_t>(text.size())};
    if (new_block)
      blocks.push_back({span, sent.headline ? BlockKind::headline : BlockKind::paragraph});
    else
      blocks.back().span.end = span.end;
    sentences.push_back(
        {span, Id<Block>(blocks.size() - 1), {first, static_cast<std::uint32_t>(sent.rows.size())}});
  }
  Document doc("test", text);
  PageInfo page;
  page.language = "en";
  if (!date.empty()) page.published = {date, DatePrecision::day, DateSource::given};
  doc.set_page(page);
  std::vector<Syntax> syntax;
  for (std::size_t s = 0; s < sents.size(); ++s)
    for (const Row& row : sents[s].rows) {
      Syntax x;
      x.lemma = doc.intern(row.lemma);
      if (row.feats != "_") x.feats = doc.intern(row.feats);
      x.flags = morph_flags(row.feats);
      const int head = std::stoi(row.head);
      if (head > int(sents[s].rows.size())) throw std::runtime_error("head out of range: " + row.form);
      if (head > 0) x.head = Id<Token>(sentences[s].tokens.first + std::size_t(head) - 1);
      x.deprel = deprel_of(row.deprel);
      std::string upos = lower(row.upos);
      x.upos = Upos::x;
      for (std::size_t u = 0; u < Names<Upos>::table.size(); ++u)
        if (equals_ignore_case(Names<Upos>::table[u], upos)) x.upos = static_cast<Upos>(u);
      syntax.push_back(x);
    }
  doc.fill(blocks);
  doc.fill(sentences);
  doc.fill(tokens);
  doc.fill(syntax);
  return doc;
}

}  // namespace annalist::test
