# What `cmake --install` puts in place. Man pages and completion are written by the program itself, from
# its option tables: one page for kith and one for each src/cli/cmd_*.c.
set(manual_dir "${CMAKE_BINARY_DIR}/manual")
file(MAKE_DIRECTORY "${manual_dir}")

function(kith_man_page page)
  add_custom_command(OUTPUT "${manual_dir}/${page}.1.gz"
    COMMAND kith_cli help --man ${ARGN} > "${manual_dir}/${page}.1"
    COMMAND gzip -9nf "${manual_dir}/${page}.1"
    DEPENDS kith_cli VERBATIM)
  set_property(GLOBAL APPEND PROPERTY KITH_MANUAL "${manual_dir}/${page}.1.gz")
endfunction()

kith_man_page(kith)
get_target_property(cli_sources kith_cli SOURCES)
list(FILTER cli_sources INCLUDE REGEX "cmd_.*\\.c$")
foreach(source IN LISTS cli_sources)
  string(REGEX REPLACE ".*cmd_(.*)\\.c$" "\\1" command "${source}")
  kith_man_page(kith-${command} ${command})
endforeach()
get_property(man_pages GLOBAL PROPERTY KITH_MANUAL)

add_custom_command(OUTPUT "${manual_dir}/kith"
  COMMAND kith_cli help --completion bash > "${manual_dir}/kith"
  DEPENDS kith_cli VERBATIM)
add_custom_target(kith_manual ALL DEPENDS ${man_pages} "${manual_dir}/kith")

configure_file("${CMAKE_SOURCE_DIR}/cmake/kith.pc.in" "${CMAKE_BINARY_DIR}/kith.pc" @ONLY)
install(TARGETS kith kith_cli)
install(DIRECTORY include/kith DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES "${CMAKE_BINARY_DIR}/kith.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(DIRECTORY share/kith DESTINATION "${CMAKE_INSTALL_DATADIR}")
install(FILES ${man_pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${manual_dir}/kith" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES README.md CHANGELOG.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
