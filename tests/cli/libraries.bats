# The built-in catalogs of fingerprinting libraries: the shapes in which teams have their records,
# and what becomes of each component in them.

load helper

fpjs() {
    "$WHORL" --catalog=fingerprintjs "$@"
}

thumbmark() {
    "$WHORL" --catalog=thumbmarkjs "$@"
}

@test "fingerprintjs: a value, one that the browser has not, and errors; no duration is read" {
    run --separate-stderr fpjs --select=id,carry,values,states <<<'{"event_id":"e1","version":"5.2.0","visitorId":"v1","components":{"timezone":{"value":"Asia/Calcutta","duration":3},"osCpu":{"duration":9},"cpuClass":{},"fonts":{"error":{},"duration":1},"vendor":{"error":{"message":"TypeError: no"},"duration":1},"monochrome":{"duration":1,"error":{"name":"RangeError","message":"x"}},"unknown":{"value":1,"duration":1}}}'
    expect 0 '{"id":"e1","carry":{"visitorId":"v1","version":"5.2.0"},"values":{"timezone":"Asia/Kolkata"},"states":{"fonts.core":"!","fonts":"!","vendor":"!TypeError","osCpu":"?","cpuClass":"?","monochrome":"!RangeError","font.count":"!"}}'
}

@test "fingerprintjs: another duration changes nothing" {
    record='{"components":{"timezone":{"value":"UTC","duration":@},"osCpu":{"duration":@},"canvas":{"error":{},"duration":@},"languages":{"duration":@,"value":[["de-DE"],["de-DE","en"]]}}}'
    run --separate-stderr fpjs --select=ids,present,errors,vector <<<"${record//@/0}"
    [ "$status" = 0 ]
    [ "$(fpjs --select=ids,present,errors,vector <<<"${record//@/12.75}")" = "$output" ]
}

@test "fingerprintjs: a component with both has its value; one that is no object is that of a flat event" {
    run --separate-stderr fpjs --select=values,states <<<'{"components":{"timezone":{"value":"UTC","error":null,"duration":1},"platform":"X11","vendor":null,"contrast":1,"hdr":[]}}'
    expect 0 '{"values":{"platform":"unix","timezone":"UTC","vendor":null,"os.family":"unix"},"states":{}}'
}

@test "fingerprintjs: the hashes and the device are those of the texts, by the stock tool" {
    run --separate-stderr fpjs --select=ids,coverage,signals <<<'{"components":{"platform":{"value":"MacIntel"},"hardwareConcurrency":{"value":10},"touchSupport":{"value":{"maxTouchPoints":0}},"timezone":{"value":"Europe/Kiev"}}}'
    [ "$status" = 0 ]
    device=
    for text in 'platform="apple"' hardwareConcurrency=8 touchSupport.touchscreen=0 'timezone="Europe/Kyiv"'; do
        hash=$(h64 "$text")
        [[ $output == *"\"${text%%=*}\":\"$hash\""* ]]
        device+=$hash
    done
    [[ $output == *"\"device\":\"$(h128_bytes "$device")\""* ]]
    [[ $output == *'"coverage":{"exact":6,"build":6,"install":4,"browser":0,"device":4}'* ]]
}

@test "fingerprintjs: the components are found where teams keep them" {
    for place in '{"components":C}' '{"fingerprint":{"components":C}}' '{"fingerprintjs":{"components":C}}' \
        '{"fpjs":{"components":C}}' '{"fp":{"components":C}}' '{"visitor":{"components":C}}' \
        '{"result":{"components":C}}' '{"data":{"components":C}}' '{"payload":{"components":C}}' \
        '{"event":{"components":C}}' '{"body":{"components":C}}' '{"message":{"components":C}}' \
        '{"signals":{"components":C}}' '{"products":{"rawDeviceAttributes":{"data":C}}}' \
        '{"rawDeviceAttributes":C}' '{"raw_device_attributes":C}' '{"event":{"raw_device_attributes":C}}' \
        '{"data":{"raw_device_attributes":C}}' '{"body":{"rawDeviceAttributes":C}}' \
        '{"payload":{"products":{"rawDeviceAttributes":{"data":C}}}}' \
        '{"message":{"raw_device_attributes":C}}'; do
        run --separate-stderr fpjs --select=values <<<"${place//C/'{"hdr":{"value":true}}'}"
        expect 0 '{"values":{"hdr":true}}'
    done
}

@test "fingerprintjs: a record of something else is a reject that says where its components would be" {
    run --separate-stderr fpjs <<<'{"device":{"components":{}}}'
    [ "$status" = 1 ]
    [ -z "$output" ]
    [[ $stderr == *'no signals at /components'* ]]
}

@test "fingerprintjs: the same browser as the library, Pro's version 2, 3 and 4 write it: one identity" {
    library='{"components":{"platform":{"value":"Linux x86_64"},"hardwareConcurrency":{"value":4},"timezone":{"value":"UTC"},"touchSupport":{"value":{"maxTouchPoints":0,"touchEvent":false,"touchStart":false}},"colorDepth":{"value":24},"screenResolution":{"value":[1080,1920]},"canvas":{"value":{"winding":true,"geometry":"aa","text":"bb"}},"fonts":{"value":["Calibri"]},"languages":{"value":[["de"]]},"audio":{"value":124.04347527516074},"webGlBasics":{"value":{"renderer":"WebKit WebGL","rendererUnmasked":"Apple M1","shadingLanguageVersion":"1"}},"webGlExtensions":{"value":{"extensions":["b","a"]}},"indexedDB":{"value":true},"osCpu":{"value":"x"},"math":{"value":"5f03"}}}'
    old=$(sed 's/{"components":\(.*\)}$/{"products":{"rawDeviceAttributes":{"data":\1}}}/; s/winding/Winding/; s/geometry/Geometry/; s/"text"/"Text"/' <<<"$library")
    new='{"raw_device_attributes":{"platform":"Linux x86_64","hardware_concurrency":4,"timezone":"UTC","touch_support":{"max_touch_points":0,"touch_event":false,"touch_start":false},"color_depth":24,"screen_resolution":[1920,1080],"canvas":{"winding":true,"geometry":"aa","text":"bb"},"fonts":["Calibri"],"languages":[["de"]],"audio":124.04347527516074,"webgl_basics":{"renderer":"WebKit WebGL","renderer_unmasked":"Apple M1","shading_language_version":"1"},"webgl_extensions":{"extensions":["a","b"]},"indexed_db":true,"oscpu":"x","math":"5f03"}}'
    run --separate-stderr fpjs --select=ids,coverage,present <<<"$library"
    [ "$status" = 0 ]
    # The states of the two objects whose members Pro has under other names are the library's alone.
    expected=$(fpjs --select=signals <<<"$library" | jq -c 'del(.signals["webGlBasics.state","webGlExtensions.state"]).signals')
    [ "$(fpjs --select=ids,coverage,present <<<"$old")" = "$output" ]
    [ "$(fpjs --select=signals <<<"$new" | jq -c 'del(.signals["webGlBasics.state","webGlExtensions.state"]).signals')" = "$expected" ]
    [ "$(fpjs --select=ids <<<"$new" | jq -c '.ids | del(.exact, .build)')" = "$(jq -c '.ids | del(.exact, .build)' <<<"$output")" ]
}

# fingerprintjs2 gives [{"key","value"}], of which each value is here as its source gives it.
@test "fingerprintjs: what fingerprintjs2 gives has the values and ids of the library's own shape" {
    library='{"components":{"platform":{"value":"Linux x86_64"},"hardwareConcurrency":{"value":12},"touchSupport":{"value":{"maxTouchPoints":5,"touchEvent":true,"touchStart":true}},"timezone":{"value":"Asia/Calcutta"},"screenResolution":{"value":[844,390]},"colorDepth":{"value":24},"deviceMemory":{"duration":1},"fonts":{"value":["Calibri","Marlett"]},"canvas":{"value":{"winding":true}},"audio":{"value":124.04347527516074},"cpuClass":{"duration":2},"openDatabase":{"value":true},"sessionStorage":{"value":true},"localStorage":{"value":true},"indexedDB":{"value":true}}}'
    pairs='[{"key":"platform","value":"Linux x86_64"},{"key":"hardwareConcurrency","value":12},{"key":"touchSupport","value":[5,true,true]},{"key":"timezone","value":"Asia/Calcutta"},{"key":"screenResolution","value":[390,844]},{"key":"colorDepth","value":24},{"key":"deviceMemory","value":"not available"},{"key":"fonts","value":["Calibri","Marlett"]},{"key":"canvas","value":["canvas winding:yes"]},{"key":"audio","value":"124.04347527516074"},{"key":"cpuClass","value":"not available"},{"key":"openDatabase","value":true},{"key":"sessionStorage","value":true},{"key":"localStorage","value":true},{"key":"indexedDb","value":true}]'
    # Release 1.8 has no time zone, and has the others under these names.
    older='[{"key":"navigator_platform","value":"Linux x86_64"},{"key":"hardware_concurrency","value":12},{"key":"touch_support","value":[5,true,true]},{"key":"timezone","value":"Asia/Calcutta"},{"key":"resolution","value":[390,844]},{"key":"color_depth","value":24},{"key":"device_memory","value":-1},{"key":"js_fonts","value":["Calibri","Marlett"]},{"key":"canvas","value":["canvas winding:yes"]},{"key":"audio_fp","value":"124.04347527516074"},{"key":"cpu_class","value":"unknown"},{"key":"open_database","value":1},{"key":"session_storage","value":1},{"key":"local_storage","value":1},{"key":"indexed_db","value":1}]'
    run --separate-stderr fpjs --select=ids,coverage,groups,vector,values,states <<<"$library"
    [ "$status" = 0 ]
    [[ $output == *'"platform":"linux","hardwareConcurrency":8,"touchSupport.touchscreen":1,"timezone":"Asia/Kolkata"'* ]]
    [[ $output == *'"phone.screenResolution":[390,844]'*'"audio.sum":124.043,'* ]]
    [[ $output == *'"states":{"deviceMemory":"?","deviceMemory.told":"?","cpuClass":"?"}'* ]]
    for components in "$pairs" "$older"; do
        for place in '{"components":C}' '{"fingerprint":{"components":C}}' '{"data":{"components":C}}' \
            '{"payload":{"components":C}}' '{"signals":{"components":C}}'; do
            [ "$(fpjs --select=ids,coverage,groups,vector,values,states <<<"${place//C/$components}")" = "$output" ]
        done
    done
}

@test "fingerprintjs: what fingerprintjs2 could not have is undefined or an error; what is its own" {
    run --separate-stderr fpjs --select=values,states <<<'{"components":[{"key":"language","value":"de-de"},{"key":"platform","value":"not available"},{"key":"hardwareConcurrency","value":"not available"},{"key":"timezone","value":"not available"},{"key":"colorDepth","value":"not available"},{"key":"canvas","value":["canvas winding:no","canvas fp:data:image/png;base64,AAAA"]},{"key":"audio","value":"audioTimeout"},{"key":"plugins","value":"excluded"},{"key":"sessionStorage","value":"error"},{"key":"indexedDb","value":"excluded"},{"key":"webgl","value":"not available"},{"key":"webglVendorAndRenderer","value":"Google Inc. (Intel)~ANGLE (Intel, Intel(R) UHD Graphics 620 (0x00005917) Direct3D11 vs_5_0 ps_5_0, D3D11)"},{"key":"userAgent","value":"a"},{"key":"timezoneOffset","value":-60},{"key":"adBlock"}]}'
    expect 0 '{"values":{"languages.first":"de-DE","canvas.text":"canvas fp:data:image/png;base64,AAAA","canvas.winding":false,"timezone.offset":-60,"webgl.renderer":"Intel UHD Graphics 620","webgl.vendor":"Google Inc. (Intel)","userAgent":"a"},"states":{"platform":"?","hardwareConcurrency":"?","timezone":"?","hardwareConcurrency.class":"?","colorDepth":"?","audio.sum":"!Timeout","audio.told":"!Timeout","plugins":"?","sessionStorage":"!SecurityError","indexedDB":"?","os.family":"?","webgl.drawn":"?"}}'
    run --separate-stderr fpjs --select=values,states <<<'{"components":[{"key":"language","value":""},{"key":"navigator_platform","value":"unknown"},{"key":"color_depth","value":-1},{"key":"webgl_vendor","value":null},{"key":"user_agent","value":"a"}]}'
    expect 0 '{"values":{"webgl.renderer":null,"webgl.vendor":null,"userAgent":"a"},"states":{"platform":"?","colorDepth":"?","languages.first":"?","os.family":"?"}}'
}

@test "fingerprintjs: a phone of fingerprintjs2 has its screen in the device, a computer has not" {
    for record in '[{"key":"touchSupport","value":[0,false,false]},@]' '[{"key":"touchSupport","value":[10,true,true]},@]' \
        '[{"key":"touch_support","value":[0,false,false]},@]' '[{"key":"touch_support","value":[10,true,true]},@]' \
        '[{"key":"platform","value":"Win32"},@]' '[{"key":"navigator_platform","value":"MacIntel"},@]'; do
        screen='{"key":"screenResolution","value":[390,844]}'
        run --separate-stderr fpjs --select=states <<<"{\"components\":${record//@/$screen}}"
        expect 0 '{"states":{"phone.screenResolution":"-","phone.screenResolution.install":"-"}}'
    done
}

@test "fingerprintjs: a record, its components or an event that was logged as a string is the same" {
    library='{"visitorId":"v1","version":"5.2.0","components":{"timezone":{"value":"UTC"},"platform":{"value":"Linux \"x\""}}}'
    run --separate-stderr fpjs --select=carry,ids,vector <<<"$library"
    [ "$status" = 0 ]
    [[ $output == '{"carry":{"visitorId":"v1","version":"5.2.0"},'* ]]
    for name in data payload body message; do
        [ "$(jq -c "{$name: tojson}" <<<"$library" | fpjs --select=carry,ids,vector)" = "$output" ]
        # JSON within JSON within JSON, as a queue gives what a table had.
        [ "$(jq -c ".components |= tojson | {$name: tojson}" <<<"$library" | fpjs --select=carry,ids,vector)" = "$output" ]
    done
    [ "$(jq -c '.components |= tojson' <<<"$library" | fpjs --select=carry,ids,vector)" = "$output" ]
    [ "$(jq -c '.components |= (map_values(.value) | to_entries | tojson)' <<<"$library" | fpjs --select=carry,ids,vector)" = "$output" ]
    run --separate-stderr fpjs <<<'{"message":"GET / {\"components\":"}'
    [ "$status" = 1 ]
    [[ $stderr == *'no signals at /components'* ]]
}

# The shapes are those of the examples in the OpenAPI schema of the Server API.
@test "fingerprintjs: the ids of events and visitors of Pro, of versions 2, 3 and 4, also in an envelope" {
    raw='"canvas":{"value":{"Winding":true,"Geometry":"4dce9d6017c3e0c052a77252f29f2b1c","Text":"dd2474a56ff78c1de3e7a07070ba3b7d"}},"cpuClass":{}'
    for event in '{"requestId":"r1","visitorId":"v1","rawDeviceAttributes":{RAW}}' \
        '{"products":{"identification":{"data":{"visitorId":"v1","requestId":"r1"}},"rawDeviceAttributes":{"data":{RAW}}}}' \
        '{"event_id":"r1","identification":{"visitor_id":"v1"},"raw_device_attributes":{RAW}}'; do
        for envelope in E '{"data":E}' '{"payload":E}' '{"event":E}' '{"body":E}' '{"message":E}'; do
            record=${envelope//E/$event}
            run --separate-stderr fpjs --select=id,carry,values,states,ids.visitorId <<<"${record//RAW/$raw}"
            expect 0 '{"id":"r1","carry":{"visitorId":"v1"},"ids":{"visitorId":null},"values":{"canvas.geometry":"4dce9d6017c3e0c052a77252f29f2b1c","canvas.text":"dd2474a56ff78c1de3e7a07070ba3b7d","canvas.winding":true,"canvas.state":"other"},"states":{"cpuClass":"?"}}'
        done
    done
    run --separate-stderr fpjs --select=carry <<<'{"fpjs":{"visitorId":"v1","version":"5.2.0","components":{"hdr":{"value":true}}}}'
    expect 0 '{"carry":{"visitorId":"v1","version":"5.2.0"}}'
}

@test "fingerprintjs: --verify lists no record of fingerprintjs2 or Pro, and those of the library as ever" {
    fpjs --verify --select=id,ids.visitorId >"$BATS_TEST_TMPDIR/out" <<'END'
{"event_id":1,"visitorId":"d41d8cd98f00b204e9800998ecf8427e","components":[{"key":"fonts","value":["Arial"]}]}
{"event_id":2,"visitorId":"d41d8cd98f00b204e9800998ecf8427e","raw_device_attributes":{"fonts":["Arial"]}}
{"event_id":3,"payload":"{\"visitorId\":\"d41d8cd98f00b204e9800998ecf8427e\",\"components\":{\"fonts\":{\"value\":[\"Arial\"]}}}"}
END
    [ "$(jq -c '[.id, .ids.visitorId]' "$BATS_TEST_TMPDIR/out" | tr '\n' ' ')" = '[1,null] [2,null] [3,null] ' ]
    run --separate-stderr fpjs --verify --select=id <<<'{"event_id":4,"visitorId":"d41d8cd98f00b204e9800998ecf8427e","components":{"fonts":{"value":["Arial"]}}}'
    [ "$status" = 1 ]
}

@test "fingerprintjs: a phone's screen is a part of the device, in any rotation; a computer's is not" {
    devices() { # TOUCH POINTS PLATFORM
        for sides in '[390,844]' '[844,390]' '[1024,768]'; do
            fpjs --select=ids <<<'{"components":{"platform":{"value":"'"$3"'"},"touchSupport":{"value":{"touchEvent":'"$1"',"maxTouchPoints":'"$2"'}},"screenResolution":{"value":'"$sides"'}}}' | jq -r .ids.device
        done | uniq -c | awk '{ print $1 }' | tr '\n' ' '
    }
    [ "$(devices true 5 'Linux armv8l')" = '2 1 ' ]
    [ "$(devices false 0 'Linux x86_64')" = '3 ' ]
    [ "$(devices true 10 'Linux x86_64')" = '3 ' ]
    [ "$(devices true 5 Win32)" = '3 ' ]
    [ "$(devices false 0 MacIntel)" = '3 ' ]
}

@test "fingerprintjs: what Safari and Brave make up is left out, and audio that came too late gives no identity" {
    drawn='"canvas":{"value":{"winding":true,"geometry":"data:image/png;base64,AAAA","text":"x"}},"audio":{"value":124.5}'
    run --separate-stderr fpjs --select=values <<<'{"components":{"vendor":{"value":"Apple Computer, Inc."},'"$drawn"'}}'
    expect 0 '{"values":{"canvas.winding":true,"vendor":"Apple Computer, Inc.","canvas.state":"other"}}'
    run --separate-stderr fpjs --select=values <<<'{"components":{"userAgentData":{"value":{"brands":["Brave"]}},"hardwareConcurrency":{"value":7},"deviceMemory":{"value":4},"plugins":{"value":[]},'"$drawn"'}}'
    expect 0 '{"values":{"userAgentData.brands":["Brave"],"canvas.winding":true,"browser.brands":["Brave"],"canvas.state":"other"}}'
    run --separate-stderr fpjs --select=ids,states <<<'{"components":{"timezone":{"value":"UTC"},"audio":{"value":-3}}}'
    [ "$status" = 0 ]
    [ "$(jq -c '[.ids[] != null], .states' <<<"$output")" = '[false,false,false,false,true]
{"audio.sum":"!Timeout","audio.told":"!Timeout"}' ]
}

@test "thumbmarkjs: components, those of release 0 too; what is not there is missing" {
    run --separate-stderr thumbmark --select=id,carry,facts,values,states <<<'{"event_id":"e1","version":"1.11.0","thumbmark":"t1","components":{"audio":{"sampleHash":1168.9068228197468,"maxChannels":2},"canvas":{"commonImageDataHash":"cc"},"webgl":{"commonPixelsHash":"ww"},"fonts":{"Zapfino":1.5,"Arial":432.5},"hardware":{"deviceMemory":"16","videocard":"undefined"},"locales":{"languages":"de-de","timezone":"Asia/Calcutta"},"system":{"platform":"Win32","hardwareConcurrency":12}}}'
    expect 0 '{"id":"e1","carry":{"thumbmark":"t1","version":"1.11.0"},"facts":{"font.count":2},"values":{"system.platform":"windows","system.hardwareConcurrency":8,"locales.timezone":"Asia/Kolkata","system.hardwareConcurrency.class":8,"locales.languages":"de-DE","hardware.deviceMemory":8,"hardware.deviceMemory.told":16,"hardware.videocard.state":"undefined","webgl.pixels":"ww","canvas.pixels":"cc","audio.sampleHash":1168.91,"audio.sampleHash.told":1168.9068228197468,"audio.maxChannels":2,"fonts.core":["Arial"],"fonts.names":["Arial","Zapfino"],"fonts.widths":{"Arial":432.5,"Zapfino":1.5},"font.count":2},"states":{}}'
}

@test "thumbmarkjs: a component that did not answer in time gives no identity; a canvas that must not be read does" {
    run --separate-stderr thumbmark --select=ids,states <<<'{"components":{"locales":{"timezone":"UTC"},"audio":{"timeout":"true"},"fonts":{"timeout":"true"}}}'
    [ "$status" = 0 ]
    [ "$(jq -c '[.ids[] != null], .states' <<<"$output")" = '[false,false,false,false,true]
{"audio.timeout":"!Timeout","fonts.core":"!Timeout","fonts.names":"!Timeout","fonts.widths":"!Timeout","font.count":"!Timeout"}' ]
    run --separate-stderr thumbmark --select=ids,states <<<'{"components":{"locales":{"timezone":"UTC","languages":"de"},"canvas":{"timeout":"true"}}}'
    [ "$(jq -c '[.ids[] != null], .states' <<<"$output")" = '[true,true,true,true,true]
{}' ]
}

@test "thumbmarkjs: what Safari, Brave and resistFingerprinting make up is left out" {
    drawn='"canvas":{"commonPixelsHash":"c"},"webgl":{"commonPixelsHash":"w"},"audio":{"sampleHash":1.5,"maxChannels":1}'
    run --separate-stderr thumbmark --select=values <<<'{"components":{"system":{"browser":{"name":"Safari"}},'"$drawn"'}}'
    expect 0 '{"values":{"audio.maxChannels":1,"system.browser.name":"Safari"}}'
    run --separate-stderr thumbmark --select=values <<<'{"components":{"system":{"browser":{"name":"Brave"},"hardwareConcurrency":7},"hardware":{"deviceMemory":"4"},"plugins":{"plugins":[]},'"$drawn"'}}'
    expect 0 '{"values":{"audio.maxChannels":1,"system.browser.name":"Brave"}}'
    run --separate-stderr thumbmark --select=values <<<'{"components":{"hardware":{"videocard":{"renderer":"Mozilla"}},'"$drawn"'}}'
    expect 0 '{"values":{"hardware.videocard.renderer":"Mozilla","hardware.videocard.state":"other","audio.sampleHash":1.5,"audio.sampleHash.told":1.5,"audio.maxChannels":1}}'
}

@test "thumbmarkjs: the components are found where teams keep them" {
    for place in '{"components":C}' '{"thumbmarkjs":{"components":C}}' '{"thumbmark":{"components":C}}' \
        '{"fingerprint":{"components":C}}' '{"visitor":{"components":C}}' '{"result":{"components":C}}' \
        '{"data":{"components":C}}' '{"payload":{"components":C}}' '{"event":{"components":C}}' \
        '{"body":{"components":C}}' '{"message":{"components":C}}' '{"signals":{"components":C}}'; do
        run --separate-stderr thumbmark --select=values <<<"${place//C/'{"screen":{"colorDepth":24}}'}"
        expect 0 '{"values":{"screen.colorDepth":24}}'
    done
}

# Each group has one tier, and each comment above rows names the tiers of the rows below it.
@test "each row of a library's catalog has a reason above it that names its tier" {
    for name in fingerprintjs thumbmarkjs; do
        run --separate-stderr awk -F '\t' '/^#/ { text = (rows ? "" : text) $0 "\n"; rows = 0; next }
            /^[^@\t]/ { rows = 1; if (index(text, $4 ":") == 0 && $4 != "volatile") print $1 ": " $4 }' "$top_srcdir/data/$name.catalog"
        expect 0 ''
    done
}
