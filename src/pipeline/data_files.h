// data/ compiled to the codebook pack, and the pack opened again.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"
#include "pack/pack.h"

namespace annalist {

/// Names of the data files in a data folder.
inline constexpr const char* kModelFile = "annalist.model";
inline constexpr const char* kGazetteerFile = "annalist.gazetteer";
inline constexpr const char* kCodebookFile = "annalist.codebook";

/// Reads every text below `data_dir` and packs it, sorted by name, comments and all. The texts are checked by
/// loading every stage from them; the first fault is the Error, with file and line.
Result<std::string> build_codebook(const std::string& data_dir);

/// A user's own texts beside the shipped ones: texts of `with` come on top (the same name replaces), shipped
/// ones whose name begins with one of `without` stay out.
struct DataOverlay {
  std::vector<std::string> with, without;
};
Result<std::string> build_codebook(const std::string& data_dir, const DataOverlay& overlay);

/// A shipped codebook pack with a user's folders on top. A folder is like data/ or, without a folder
/// "codebook" in it, like data/codebook/; a text of the same name replaces the shipped one. No source of the
/// shipped texts is needed. The first fault of the whole is the Error, with file and line.
struct ExtendedCodebook {
  std::string bytes;
  std::vector<std::string> own;  // names of the user's texts
};
Result<ExtendedCodebook> extend_codebook(const std::string& shipped, const std::vector<std::string>& folders);

/// An open codebook pack; `texts` view into it.
struct CodebookPack {
  Pack pack;
  std::vector<DataText> texts;
};
Result<CodebookPack> open_codebook(const std::string& path);

}  // namespace annalist
