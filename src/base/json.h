// A streaming JSON writer: appends to a string the caller owns, commas and escapes handled, keys in the
// order written, no white space. Misuse (a value without a key inside an object) is the caller's fault and
// gives broken JSON, which the tests of every writer parse.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <string>
#include <string_view>

namespace annalist {

/// Appends `s` as a JSON string with quotes. `s` must be UTF-8.
void append_json_string(std::string& out, std::string_view s);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(&out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name) {
    comma();
    append_json_string(*out_, name);
    out_->push_back(':');
    need_comma_ = false;
    return *this;
  }
  JsonWriter& string(std::string_view s) {
    comma();
    append_json_string(*out_, s);
    return done();
  }
  /// A string, or null when it is empty.
  JsonWriter& string_or_null(std::string_view s) { return s.empty() ? null() : string(s); }
  JsonWriter& boolean(bool b) { return raw(b ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  template <std::integral T>
  JsonWriter& number(T v) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, v).ptr;
    return raw({buffer, static_cast<std::size_t>(end - buffer)});
  }
  /// The shortest digits that read back to the same float; null when it is not finite.
  JsonWriter& number(float v) {
    if (!std::isfinite(v)) return null();
    char buffer[48];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed).ptr;
    return raw({buffer, static_cast<std::size_t>(end - buffer)});
  }
  JsonWriter& raw(std::string_view json) {
    comma();
    out_->append(json);
    return done();
  }

  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).string(value); }
  JsonWriter& field_or_null(std::string_view name, std::string_view value) {
    return key(name).string_or_null(value);
  }
  template <std::integral T>
  JsonWriter& field(std::string_view name, T value) {
    if constexpr (std::same_as<T, bool>)
      return key(name).boolean(value);
    else
      return key(name).number(value);
  }
  JsonWriter& field(std::string_view name, float value) { return key(name).number(value); }

 private:
  JsonWriter& open(char c) {
    comma();
    out_->push_back(c);
    need_comma_ = false;
    return *this;
  }
  JsonWriter& close(char c) {
    out_->push_back(c);
    return done();
  }
  JsonWriter& done() {
    need_comma_ = true;
    return *this;
  }
  void comma() {
    if (need_comma_) out_->push_back(',');
    need_comma_ = false;
  }

  std::string* out_;
  bool need_comma_ = false;
};

}  // namespace annalist
