// The whole line: a raw page in, an annotated Document out. The only place that knows all stages.
//
// Immutable after open; one Engine serves all threads, each with a Workspace of its own. Opening maps the
// three data files and loads the texts of the codebook (some tens of milliseconds).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "doc/json.h"
#include "doc/raw_page.h"
#include "doc/stage.h"
#include "pack/data_text.h"

namespace annalist {

class Segment;
namespace lang {
struct Model;
class Negations;
}  // namespace lang

/// The version of the program.
inline constexpr const char* kVersion = "0.1.0";

struct StageTime {
  std::string_view stage;
  double seconds = 0;
};

class Engine {
 public:
  /// What to open: the page reader; with it the model; with that all stages.
  enum class Depth { page, language, full };
  /// Which tier of the model reads: the accurate one, the fast one, or the fast one first and the accurate
  /// one where an event may stand.
  enum class Effort { accurate, fast, gated };

  /// The effort that EngineInfo::model names.
  static Effort effort_of(std::string_view model);

  /// Opens annalist.codebook in `data_dir`, for Depth::language also annalist.model, for Depth::full also
  /// annalist.gazetteer. An Error names the missing or wrong file and the command that makes it. `codebook`,
  /// if given, is the file to open in place of the folder's own.
  static Result<Engine> open(const std::string& data_dir, Depth depth, const std::string& codebook = {},
                             Effort effort = Effort::accurate);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// The page layers only: text, blocks, what is known of the page.
  Document read(const RawPage& page, Workspace& work) const;
  /// Why each block was kept or left out and where each field came from, as lines for people.
  std::string explain_page(const RawPage& page, Workspace& work) const;
  /// All layers. Needs Depth::full. A page that is not English is read, said so, and not coded.
  /// `times`, if given, gets what each stage took, in their order.
  Document code(const RawPage& page, Workspace& work, std::vector<StageTime>* times = nullptr) const;
  /// Codes a report again from its page layers (text, blocks, what is known of the page), with the same
  /// effort as code(). Needs Depth::full.
  Document code_again(const Document& before, Workspace& work) const;
  /// For CoNLL-U; need Depth::language.
  const lang::Model& model() const;
  const Segment& segment() const;
  const lang::Negations& negations() const;
  const EngineInfo& info() const;
  /// With Effort::gated: the sentences coded so far, by all threads, and how many the accurate tier read.
  std::pair<std::uint64_t, std::uint64_t> gate_count() const;

  /// Runs the example sentences of the codebook through the stages. What fails, one line each: file:line,
  /// entry, what was found, the sentence. `checked` counts all examples. Needs Depth::full. With `texts`,
  /// only the frames and probes of the texts of those names.
  std::vector<std::string> check_examples(std::size_t& checked,
                                          const std::vector<std::string>& texts = {}) const;

  /// Loads every stage that is made from data texts; the first fault is the Error.
  static Status check_texts(const std::vector<DataText>& texts);

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<const Parts> parts);
  void code_layers(Document& doc, Workspace& work, std::vector<StageTime>* times) const;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace annalist
