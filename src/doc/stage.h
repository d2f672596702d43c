// What a stage is, and what a pipeline checks before it compiles.
//
// A stage is an immutable object with
//     using reads  = Layers<...>;   using writes = Layers<...>;
//     static constexpr std::string_view name = "...";
//     void run(Document&, Workspace&) const;
// It is shared by all threads; whatever it needs to scribble on lives in the Workspace of the worker.
// StageOrder<A, B, C> does not compile when a layer is read before it is written, or written twice.
#pragma once

#include <memory>
#include <type_traits>
#include <unordered_map>

#include "doc/document.h"

namespace annalist {

/// Scratch memory of one worker thread, kept from document to document so that hot loops do not allocate.
class Workspace {
 public:
  /// The worker's own T, default-constructed at first use. T is any type private to a stage.
  template <class T>
  T& scratch() {
    static const char key = 0;
    auto& slot = slots_[&key];
    if (!slot) slot = std::make_shared<T>();
    return *static_cast<T*>(slot.get());
  }

 private:
  std::unordered_map<const void*, std::shared_ptr<void>> slots_;
};

namespace detail {
template <class T, class L>
struct Has;
template <class T, class... R>
struct Has<T, Layers<R...>> : std::bool_constant<(std::is_same_v<T, R> || ...)> {};

template <class A, class B>
struct Concat;
template <class... A, class... B>
struct Concat<Layers<A...>, Layers<B...>> {
  using type = Layers<A..., B...>;
};

template <class Wanted, class Have>
struct AllIn;
template <class... W, class Have>
struct AllIn<Layers<W...>, Have> : std::bool_constant<(Has<W, Have>::value && ...)> {};

template <class Wanted, class Have>
struct NoneIn;
template <class... W, class Have>
struct NoneIn<Layers<W...>, Have> : std::bool_constant<(!Has<W, Have>::value && ...)> {};
}  // namespace detail

template <class Written, class... Stages>
struct StageOrderFrom {
  using written = Written;
};
template <class Written, class First, class... Rest>
struct StageOrderFrom<Written, First, Rest...> {
  static_assert(detail::AllIn<typename First::reads, Written>::value,
                "this stage reads a layer that no earlier stage writes");
  static_assert(detail::NoneIn<typename First::writes, Written>::value,
                "this stage writes a layer that an earlier stage has written");
  using rest = StageOrderFrom<typename detail::Concat<Written, typename First::writes>::type, Rest...>;
  using written = typename rest::written;
};

/// Checks an order of stages; `written` is every layer they leave behind.
template <class... Stages>
using StageOrder = StageOrderFrom<Layers<>, Stages...>;

}  // namespace annalist
