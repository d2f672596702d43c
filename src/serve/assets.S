// The files of the page and the API's description, embedded as they are. CMakeLists.txt names them again, so that a
// change of one builds this anew; src/serve/assets.cpp gives them their paths.
        .section .rodata
        .macro embed name, file
        .global annalist_asset_\name
        .global annalist_asset_\name\()_end
        .balign 16
annalist_asset_\name:
        .incbin "\file"
annalist_asset_\name\()_end:
        .byte 0
        .endm

        embed index, "web/dist/index.html"
        embed script, "web/dist/desk.js"
        embed style, "web/dist/desk.css"
        embed icon, "web/dist/icon.svg"
        embed world, "web/dist/world.json"
        embed areas, "web/dist/areas.json"
        embed openapi, "docs/api/openapi.yaml"

        .section .note.GNU-stack,"",%progbits
