# embed_web(target DIR): compiles the files below DIR into `target` as a table of
# ys::http::Asset, given by ys::web::assets() (platform/http/embedded_pages.h).
#
# The table is made at build time, each time the files have changed, by embed_web_table.cmake: file
# names carry digests and are not known when CMake runs. Without DIR the table holds one page that
# says how to build the pages. A file.br or file.gz beside a file is its compressed form; where
# there is no .gz, gzip makes one.

function(embed_web target dir)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}_web)
  file(MAKE_DIRECTORY ${out})
  # Runs at every build and rewrites the table only when something changed.
  add_custom_target(${target}_web
    COMMAND ${CMAKE_COMMAND} -DDIR=${dir} -DOUT=${out} -P ${PROJECT_SOURCE_DIR}/cmake/embed_web_table.cmake
    BYPRODUCTS ${out}/pages.cpp
    COMMENT "Looking at the web pages")
  target_sources(${target} PRIVATE ${out}/pages.cpp)
  add_dependencies(${target} ${target}_web)
endfunction()
