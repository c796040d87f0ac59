# Included by llama-cpp-python's own CMake project (through CMAKE_PROJECT_llama_cpp_INCLUDE).
#
# Its build forces on llama.cpp's `common` library (command-line parsing, chat parsers, downloads), which the Python
# binding neither installs nor calls, yet which takes more than half of the compile time. A normal variable set here
# wins over the forced cache entry (policy CMP0126) and over the option of llama.cpp (policy CMP0077).
set(LLAMA_BUILD_COMMON OFF)

# The `llama` library describes graphs; the arithmetic is in ggml, which stays at -O3.
if(NOT MSVC)
    cmake_language(DEFER CALL target_compile_options llama PRIVATE -O1)
endif()
