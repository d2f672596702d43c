// Words a second of the stage Analyse on one core: bench_lang MODEL FILE.conllu [SECONDS] [fast]
//
// Before any time is counted, the answers of all kernels that this processor runs are compared, bit for bit,
// with those of the portable kernels on the first sentences of the file; a difference ends the program.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "lang/analyse.h"
#include "lang/parse.h"

namespace {

using namespace annalist;
using namespace annalist::lang;

struct Text {
  std::vector<std::string> forms;
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
};

Text read_words(const char* path) {
  Text out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() >= 2 && !cells[0].empty() && line[0] != '#' &&
        cells[0].find_first_not_of("0123456789") == std::string_view::npos)
      out.forms.emplace_back(cells[1]);
    else if (line.empty())
      out.ends.push_back(static_cast<std::uint32_t>(out.forms.size()));
  }
  out.words.assign(out.forms.begin(), out.forms.end());
  out.ends.push_back(static_cast<std::uint32_t>(out.forms.size()));
  return out;
}

bool same(const Parsed& a, const Parsed& b) {
  bool equal = a.words.size() == b.words.size() && a.lemma_text == b.lemma_text &&
               a.predicates.size() == b.predicates.size() && a.roles.size() == b.roles.size();
  for (std::size_t i = 0; equal && i < a.words.size(); ++i) {
    const ParsedWord &x = a.words[i], &y = b.words[i];
    equal = x.head == y.head && x.deprel == y.deprel && x.feats == y.feats && x.upos == y.upos &&
            x.name_tag == y.name_tag;
  }
  for (std::size_t i = 0; equal && i < a.predicates.size(); ++i)
    equal =
        a.predicates[i].word == b.predicates[i].word && a.predicates[i].roleset == b.predicates[i].roleset;
  for (std::size_t i = 0; equal && i < a.roles.size(); ++i)
    equal = a.roles[i].word == b.roles[i].word && a.roles[i].label == b.roles[i].label;
  return equal;
}

// Documents of fifty sentences each, up to the stage that is timed.
std::vector<Document> documents(const Text& text) {
  std::vector<Document> out;
  std::uint32_t word = 0;
  for (std::size_t from = 0; from < text.ends.size(); from += 50) {
    std::string bytes;
    std::vector<Sentence> sentences;
    std::vector<Token> tokens;
    for (std::size_t s = from; s < std::min(from + 50, text.ends.size()); ++s) {
      const Range<Token> range{static_cast<std::uint32_t>(tokens.size()), text.ends[s] - word};
      const auto begin = static_cast<std::uint32_t>(bytes.size());
      for (; word < text.ends[s]; ++word) {
        const auto at = static_cast<std::uint32_t>(bytes.size());
        bytes += text.words[word];
        tokens.push_back({{at, static_cast<std::uint32_t>(bytes.size())}, std::uint32_t(sentences.size())});
        bytes += ' ';
      }
      sentences.push_back({{begin, static_cast<std::uint32_t>(bytes.size())}, Id<Block>(0), range});
    }
    const std::vector<Block> blocks{{{0, static_cast<std::uint32_t>(bytes.size())}, BlockKind::paragraph}};
    Document& doc = out.emplace_back("bench", std::move(bytes));
    doc.fill(blocks);
    doc.fill(sentences);
    doc.fill(tokens);
  }
  return out;
}

// CPU time, not time of day: other programs on the machine do not count.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: bench_lang MODEL FILE.conllu [SECONDS] [fast]\n");
    return 2;
  }
  const auto before_open = std::chrono::steady_clock::now();
  const bool fast = count > 4 && std::string_view(arguments[4]) == "fast";
  const auto model = Model::open(arguments[1], fast ? Tier::fast : Tier::accurate);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message().c_str());
    return 2;
  }
  const std::chrono::duration<double, std::milli> opened = std::chrono::steady_clock::now() - before_open;
  const Text text = read_words(arguments[2]);
  if (text.words.empty()) {
    std::fprintf(stderr, "%s: no words\n", arguments[2]);
    return 2;
  }

  ParseScratch scratch;
  Parsed expected, parsed;
  const std::span<const std::uint32_t> checked(text.ends.data(), std::min<std::size_t>(20, text.ends.size()));
  parse(**model, portable_kernels(), text.words, checked, scratch, expected);
  for (const Kernels* kernels : usable_kernels())
    for (const std::size_t batch : {1, 160, 4000}) {
      parse(**model, *kernels, text.words, checked, scratch, parsed, batch);
      if (!same(expected, parsed)) {
        std::fprintf(stderr, "kernels %s, batch %zu: the answer differs from the reference\n", kernels->name,
                     batch);
        return 1;
      }
    }

  const double limit = count > 3 ? std::atof(arguments[3]) : 3.0;
  const Analyse stage(*model);
  Workspace work;
  double seconds = 0;
  std::size_t words = 0;
  do {
    std::vector<Document> docs = documents(text);
    const double from = cpu_seconds();
    for (Document& doc : docs) stage.run(doc, work);
    seconds += cpu_seconds() - from;
    words += text.words.size();
  } while (seconds < limit);
  std::printf("%s: %.0f words/s/core (%zu words, %.2f CPU-s); model opened in %.0f ms\n", best_kernels().name,
              static_cast<double>(words) / seconds, words, seconds, opened.count());
  return 0;
}
