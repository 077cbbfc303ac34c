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

function(kith_completion shell file)
  add_custom_command(OUTPUT "${manual_dir}/${file}"
    COMMAND kith_cli help --completion ${shell} > "${manual_dir}/${file}"
    DEPENDS kith_cli VERBATIM)
endfunction()

kith_completion(bash kith)
kith_completion(zsh _kith)
kith_completion(fish kith.fish)
add_custom_target(kith_manual ALL
  DEPENDS ${man_pages} "${manual_dir}/kith" "${manual_dir}/_kith" "${manual_dir}/kith.fish")

configure_file("${CMAKE_SOURCE_DIR}/cmake/kith.pc.in" "${CMAKE_BINARY_DIR}/kith.pc" @ONLY)
install(TARGETS kith kith_cli)
install(DIRECTORY include/kith DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES "${CMAKE_BINARY_DIR}/kith.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(DIRECTORY share/kith DESTINATION "${CMAKE_INSTALL_DATADIR}")
install(FILES ${man_pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${manual_dir}/kith" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${manual_dir}/kith.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
# Debian's zsh looks into the one below /usr/local, into the other below /usr.
install(FILES "${manual_dir}/_kith" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${manual_dir}/_kith" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES README.md CHANGELOG.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
