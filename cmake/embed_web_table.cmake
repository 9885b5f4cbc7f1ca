# Run by embed_web: writes OUT/pages.cpp, the table of the files below DIR with their bytes taken in
# by .incbin. It is not touched when nothing has changed.

function(content_type_of path out)
  get_filename_component(ending ${path} LAST_EXT)
  set(types .html "text/html\; charset=utf-8" .js "text/javascript\; charset=utf-8"
            .css "text/css\; charset=utf-8" .svg "image/svg+xml" .json "application/json"
            .png "image/png" .ico "image/x-icon" .woff2 "font/woff2" .wav "audio/wav"
            .ogg "audio/ogg" .mp3 "audio/mpeg" .txt "text/plain\; charset=utf-8"
            .webmanifest "application/manifest+json" .wasm "application/wasm")
  list(FIND types "${ending}" at)
  if(at EQUAL -1)
    set(${out} "application/octet-stream" PARENT_SCOPE)
  else()
    math(EXPR at "${at} + 1")
    list(GET types ${at} type)
    set(${out} "${type}" PARENT_SCOPE)
  endif()
endfunction()

if(NOT EXISTS ${DIR}/index.html)
  set(DIR ${OUT}/missing)
  file(WRITE ${DIR}/index.html "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>应声</title></head><body><h1>应声</h1><p>程序在运行，但网页还没有编译。请在源码目录运行 <code>make web</code>，再重新编译。</p><p lang=\"en\">The program runs, but its pages were not built. Run <code>make web</code> in the source folder, then build again.</p></body></html>\n")
endif()

file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${DIR} ${DIR}/*)
list(FILTER files EXCLUDE REGEX "\\.(br|gz|map)$|^\\.vite/")
list(SORT files COMPARE STRING)
find_program(GZIP gzip)

set(table "")
set(bytes "    .pushsection .rodata\n")
set(declared "")
set(n 0)

# Adds one run of bytes named web_<n><suffix>; its digest makes a changed file change the text.
macro(add_bytes suffix file)
  file(SHA256 ${file} digest)
  string(APPEND bytes "    .balign 16\n    .globl web_${n}${suffix}\nweb_${n}${suffix}:\n    .incbin \"${file}\" # ${digest}\n    .byte 0\n")
  file(SIZE ${file} size)
  string(APPEND declared "extern const char web_${n}${suffix}[];\n")
  set(view${suffix} "{web_${n}${suffix}, ${size}}")
endmacro()

foreach(file ${files})
  content_type_of(${file} type)
  add_bytes(_raw ${DIR}/${file})
  string(SUBSTRING ${digest} 0 16 etag)
  set(raw_size ${size})
  set(view_br "{}")
  set(view_gz "{}")
  # Pages get a nonce in every answer and are sent as they are.
  if(NOT file MATCHES "\\.(html|png|woff2|ogg|mp3)$")
    if(EXISTS ${DIR}/${file}.br)
      add_bytes(_br ${DIR}/${file}.br)
    endif()
    set(gz ${DIR}/${file}.gz)
    if(NOT EXISTS ${gz} AND GZIP AND raw_size GREATER 512)
      set(gz ${OUT}/gz/${etag}.gz)
      if(NOT EXISTS ${gz})
        file(MAKE_DIRECTORY ${OUT}/gz)
        execute_process(COMMAND ${GZIP} -9nc ${DIR}/${file} OUTPUT_FILE ${gz} COMMAND_ERROR_IS_FATAL ANY)
      endif()
    endif()
    if(EXISTS ${gz})
      add_bytes(_gz ${gz})
    endif()
  endif()
  string(APPEND table "    {\"/${file}\", \"${type}\", \"\\\"${etag}\\\"\",\n     ${view_raw}, ${view_br}, ${view_gz}},\n")
  math(EXPR n "${n} + 1")
endforeach()

string(APPEND bytes "    .popsection\n")
set(code "// Made by embed_web.
#include \"platform/http/embedded_pages.h\"

__asm__(R\"(
${bytes})\");

extern \"C\" {
${declared}}

namespace ys::web {
namespace {
constexpr ys::http::Asset table[] = {
${table}};
}  // namespace

std::span<const ys::http::Asset> assets() { return table; }
}  // namespace ys::web
")
function(write_if_changed path text)
  if(EXISTS ${path})
    file(READ ${path} before)
    if(before STREQUAL text)
      return()
    endif()
  endif()
  file(WRITE ${path} "${text}")
endfunction()
write_if_changed(${OUT}/pages.cpp "${code}")
