#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace annalist {

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(std::strerror(errno), path);
  struct stat info {};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return fail("not a regular file", path);
  }
  MappedFile file;
  file.size_ = static_cast<std::size_t>(info.st_size);
  if (file.size_ > 0) {
    void* at = ::mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) {
      file.size_ = 0;
      const Error error{std::strerror(errno), path, {}};
      ::close(fd);
      return std::unexpected(error);
    }
    file.data_ = static_cast<const char*>(at);
  }
  ::close(fd);
  return file;
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return fail(std::strerror(errno), path);
  std::string out;
  char buffer[65536];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) {
    out.append(buffer, n);
    if (out.size() > limit) {
      std::fclose(file);
      return fail("larger than " + std::to_string(limit) + " bytes", path, "split it");
    }
  }
  const bool bad = std::ferror(file) != 0;
  const int why = errno;
  std::fclose(file);
  if (bad) return fail(std::strerror(why), path);
  return out;
}

Result<FileWriter> FileWriter::create(const std::string& path) {
  FileWriter writer(std::fopen((path + ".part").c_str(), "wb"), path);
  if (!writer.file_) return fail(std::strerror(errno), writer.temporary());
  return writer;
}

FileWriter::~FileWriter() {
  if (!file_) return;
  std::fclose(file_);
  std::remove(temporary().c_str());
}

Status FileWriter::append(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
    return fail(std::strerror(errno), temporary(), "is the disk full?");
  return {};
}

Status FileWriter::finish() {
  std::FILE* file = std::exchange(file_, nullptr);
  if (std::fclose(file) != 0) {
    const int why = errno;
    std::remove(temporary().c_str());
    return fail(std::strerror(why), temporary(), "is the disk full?");
  }
  if (std::rename(temporary().c_str(), path_.c_str()) != 0) return fail(std::strerror(errno), path_);
  return {};
}

Status write_file(const std::string& path, std::string_view bytes) {
  auto file = FileWriter::create(path);
  if (!file) return std::unexpected(file.error());
  if (auto s = file->append(bytes); !s) return s;
  return file->finish();
}

Result<std::vector<std::string>> list_files(const std::string& folder,
                                            const std::vector<std::string>& endings) {
  namespace fs = std::filesystem;
  std::error_code fault;
  std::vector<std::string> out;
  fs::recursive_directory_iterator it(folder, fault), end;
  for (; !fault && it != end; it.increment(fault)) {
    std::string name = fs::relative(it->path(), folder, fault).generic_string();
    const auto wanted = [&](const std::string& ending) { return name.ends_with(ending); };
    if (!fault && it->is_regular_file(fault) && std::ranges::any_of(endings, wanted))
      out.push_back(std::move(name));
  }
  if (fault) return fail(fault.message(), folder);
  std::sort(out.begin(), out.end());
  return out;
}

std::string program_folder() {
  std::error_code fault;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", fault);
  return fault ? "." : path.parent_path().string();
}

}  // namespace annalist
