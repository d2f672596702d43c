// `annalist codebook check|build DIR...`: a user's own event types on top of the shipped codebook.
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "commands.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"

namespace annalist::tool {

namespace {

/// The codebook to check, on disk as long as the check runs.
struct Scratch {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("annalist-check-" + std::to_string(::getpid()) + ".codebook"))
                               .string();
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
};

/// Examples of the user's frames run through an engine that has them. 0: all hold, 1: some do not.
int check(const Options& options, const ExtendedCodebook& book) {
  const Scratch file;
  if (const Status written = write_file(file.path, book.bytes); !written) return refuse(written.error());
  const auto engine = Engine::open(data_dir(options), Engine::Depth::full, file.path);
  if (!engine) return refuse(engine.error());
  std::size_t checked = 0;
  const std::vector<std::string> failures = engine->check_examples(checked, book.own);
  for (const std::string& f : failures) std::fprintf(stderr, "%s\n", f.c_str());
  std::printf("codebook: %zu texts of yours, %zu of %zu examples hold\n", book.own.size(),
              checked - failures.size(), checked);
  return failures.empty() ? 0 : 1;
}

}  // namespace

int run_codebook(const Options& options) {
  const std::vector<std::string>& in = options.inputs();
  if (in.size() < 2 || (in[0] != "check" && in[0] != "build"))
    return refuse({"codebook takes 'check' or 'build' and folders", {}, "`annalist codebook check mine`"});
  const auto book = extend_codebook(data_dir(options) + "/" + kCodebookFile, {in.begin() + 1, in.end()});
  if (!book) return refuse(book.error());
  if (in[0] == "check") return check(options, *book);
  const Status written = write_file(options.get("--out", std::string(kCodebookFile)), book->bytes);
  return written ? 0 : refuse(written.error());
}

}  // namespace annalist::tool
