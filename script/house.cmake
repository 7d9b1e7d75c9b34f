# What every target of the house shares: the language, the warnings, the sanitizers, the generators.

add_library(house INTERFACE)
target_compile_features(house INTERFACE c_std_17)
target_include_directories(house INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include
                                           ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(house INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(house INTERFACE
  -std=c17 -include ${PROJECT_SOURCE_DIR}/include/banned.h -fno-strict-aliasing
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wvla -Wformat=2 -Wswitch-enum -Wundef -Wcast-qual -Wwrite-strings
  -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough
  $<$<C_COMPILER_ID:GNU>:-Wlogical-op -Wduplicated-cond -Wduplicated-branches>
  $<$<BOOL:${ETALASE_WERROR}>:-Werror>)
if(ETALASE_SANITIZE)
  target_compile_options(house INTERFACE -fsanitize=${ETALASE_SANITIZE} -fno-omit-frame-pointer
                                         -fno-sanitize-recover=all)
  target_link_options(house INTERFACE -fsanitize=${ETALASE_SANITIZE})
endif()
if(ETALASE_FUZZ)
  target_compile_options(house INTERFACE -fsanitize=fuzzer-no-link)
endif()

# storey(NAME SOURCES ... LINK ...): one static library a storey.
function(storey name)
  cmake_parse_arguments(S "" "" "SOURCES;LINK;DOORS" ${ARGN})
  add_library(${name} STATIC ${S_SOURCES})
  target_link_libraries(${name} PUBLIC house ${S_LINK} PRIVATE ${S_DOORS})
endfunction()

# embed(OUT.c SYMBOL TYPE FILES ...): the files' bytes as one array of {name, bytes, n}.
function(embed out symbol)
  set(path ${PROJECT_BINARY_DIR}/generated/${out})
  string(JOIN "|" list ${ARGN})
  add_custom_command(
    OUTPUT ${path}
    COMMAND ${CMAKE_COMMAND} -DOUT=${path} -DSYMBOL=${symbol} "-DFILES=${list}"
            -P ${PROJECT_SOURCE_DIR}/script/embed.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/script/embed.cmake
    VERBATIM)
endfunction()
