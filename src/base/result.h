// Result<T>: a value, or an Error that says what is wrong, where, and how to mend it.
//
// For files, models and options: things a person can repair. Ugly input is no error; a stage does its
// best and leaves a Diagnostic in the document (doc/records.h). Nothing in the library throws across its
// boundary, prints, or exits.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace annalist {

struct Error {
  std::string what;    // "not a model file"
  std::string where;   // "models/annalist.model, byte 0"; empty when nothing more is known
  std::string remedy;  // "run `make data`"; empty when there is none

  /// One line for a person: what, where, remedy.
  std::string message() const {
    std::string out = where.empty() ? what : where + ": " + what;
    if (!remedy.empty()) out += " (" + remedy + ")";
    return out;
  }
};

template <class T>
using Result = std::expected<T, Error>;

using Status = Result<void>;

/// Makes the unexpected side of a Result.
inline std::unexpected<Error> fail(std::string what, std::string where = {}, std::string remedy = {}) {
  return std::unexpected<Error>(Error{std::move(what), std::move(where), std::move(remedy)});
}

}  // namespace annalist
