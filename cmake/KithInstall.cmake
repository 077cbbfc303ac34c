# What `cmake --install` puts in place.
configure_file("${CMAKE_SOURCE_DIR}/cmake/kith.pc.in" "${CMAKE_BINARY_DIR}/kith.pc" @ONLY)
install(TARGETS kith kith_cli)
install(DIRECTORY include/kith DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES "${CMAKE_BINARY_DIR}/kith.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(DIRECTORY share/kith DESTINATION "${CMAKE_INSTALL_DATADIR}")
