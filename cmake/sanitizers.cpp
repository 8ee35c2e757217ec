// Linked into every program that a sanitizer watches: what it takes for a fault in libraries that are not
// built with it.
#if __has_feature(address_sanitizer)
// fontconfig keeps offsets where others keep pointers, so LeakSanitizer does not find what it holds. Threads
// that come and go cost no memory.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
extern "C" const char* __lsan_default_options();
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

#if __has_feature(thread_sanitizer)
// These count references by atomics that ThreadSanitizer does not see: fontconfig for what it has found,
// libstdc++ in std::exception_ptr.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:libfontconfig\n"
         "race:std::__exception_ptr::exception_ptr::_M_release\n";
}
#endif
