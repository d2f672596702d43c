// libcurl, loaded with the first fetch: it brings 28 libraries, and loading them takes as long as all else
// that a command does before it begins. One thread.
#pragma once

#include <curl/curl.h>
#include <dlfcn.h>

namespace annalist::source {

/// The functions of libcurl by their names without "curl_". `there` is false where it is not installed.
struct Curl {
  bool there = true;

#define ANNALIST_CURL(name) decltype(&::curl_##name) name = function<decltype(&::curl_##name)>("curl_" #name)
  ANNALIST_CURL(global_init);
  ANNALIST_CURL(global_cleanup);
  ANNALIST_CURL(easy_init);
  ANNALIST_CURL(easy_cleanup);
  ANNALIST_CURL(easy_reset);
  ANNALIST_CURL(easy_setopt);
  ANNALIST_CURL(easy_perform);
  ANNALIST_CURL(easy_getinfo);
  ANNALIST_CURL(easy_strerror);
  ANNALIST_CURL(slist_append);
  ANNALIST_CURL(slist_free_all);
  ANNALIST_CURL(url);
  ANNALIST_CURL(url_set);
  ANNALIST_CURL(url_get);
  ANNALIST_CURL(url_cleanup);
  ANNALIST_CURL(free);
#undef ANNALIST_CURL

 private:
  template <class Function>
  Function function(const char* name) {
    static void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    void* const found = library ? dlsym(library, name) : nullptr;
    there &= found != nullptr;
    return reinterpret_cast<Function>(found);
  }
};

}  // namespace annalist::source
