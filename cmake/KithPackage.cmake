# `cpack` in a build folder makes a Debian package of what `cmake --install` puts in place.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kith)
set(CPACK_PACKAGE_VENDOR kith)
set(CPACK_PACKAGE_CONTACT "kith maintainers <kith@packages.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # what the program is linked to tells what it needs
# What is loaded only when it is needed does not show there; Debian names packages as the loader names libraries.
string(REGEX REPLACE "\\.so\\." "" late_packages "${KITH_IGRAPH_LIBRARY}, ${KITH_ARCHIVE_LIBRARY}")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${late_packages}")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_PACKAGE_DESCRIPTION
    "kith turns the contact lists that people already own (LinkedIn, Google,\n\
Outlook, vCard, CSV, mentoring sheets) into answers: who can introduce me to\n\
somebody, who holds a network together, who was mentored and now mentors in turn.\n\
.\n\
It is a batch tool: exports in, reports out. Nothing leaves the machine.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${CMAKE_SOURCE_DIR}/cmake/debian/triggers")

# Debian's own form of a licence notice and a changelog.
set(debian_dir "${CMAKE_BINARY_DIR}/debian")
file(MAKE_DIRECTORY "${debian_dir}")
configure_file("${CMAKE_SOURCE_DIR}/cmake/debian/changelog.in" "${debian_dir}/changelog" @ONLY)
execute_process(COMMAND gzip -9nc "${debian_dir}/changelog" OUTPUT_FILE "${debian_dir}/changelog.gz"
                COMMAND_ERROR_IS_FATAL ANY)
install(FILES "${CMAKE_SOURCE_DIR}/cmake/debian/copyright" "${debian_dir}/changelog.gz"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
include(CPack)
