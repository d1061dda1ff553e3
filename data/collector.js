/* collector.js: reads raw signals of the browser that runs it.
 *
 *     <script src="collector.js"></script>
 *     <script>
 *         collectSignals({ headers: '/headers' }).then((record) =>
 *             fetch('/records', { method: 'POST', body: JSON.stringify(record) }));
 *     </script>
 *
 * The record is {"event_id", "ts", "signals"}: a random id, the time in milliseconds since 1970,
 * and an object of parts, which are in the list PARTS at the end. whorl(1) reads such records
 * without any option; whorl-record(5) describes their members. Nothing is stored, nothing is sent.
 *
 * What is asked for is in tables, by part. The rule for each value:
 *
 *   - A value is given as the browser gives it; normalizing is left to whorl.
 *   - A probe that throws gives an error marker, {"error": "NAME: MESSAGE"}, in place of its value.
 *   - A probe, and a part, has a time limit. After it comes the marker of a TimeoutError, which
 *     whorl takes for temporary. Code that does not wait for anything cannot be stopped.
 *   - What is undefined is null. What JSON cannot say, such as NaN, is null too.
 *   - A text longer than TEXT_MOST is given as its length, its hash and how it begins.
 *
 * Layout and computed styles depend on the style sheets of the page. So use a page, or a frame,
 * that has none.
 *
 * The same file runs as a worker, for the part `worker`; so it needs an address of its own, of the
 * same origin as the page.
 */
(() => {
'use strict';

const TEXT_MOST = 8192; // UTF-16 code units
const ERROR_MOST = 200; // of an error's message
const PROBE_LIMIT = 2500; // ms, for one probe that waits
const PART_LIMIT = 8000; // ms, for a part, such as `navigator`

// ---------------------------------------------------------------------------------------- Tools

// FNV-1a of 32 bits over code units, as hexadecimal digits, or over bytes, as a number.
function fnv(units, at)
{
    let hash = 0x811c9dc5;
    for (let i = 0; i < units.length; i++)
        hash = Math.imul(hash ^ at(units, i), 0x01000193);
    return hash >>> 0;
}
const hashText = (text) => fnv(text, (s, i) => s.charCodeAt(i)).toString(16).padStart(8, '0');
const hashBytes = (bytes) => fnv(bytes, (a, i) => a[i]);

function marker(error)
{
    if (!error || !error.name)
        return { error: String(error).slice(0, ERROR_MOST) };
    return { error: `${error.name}: ${String(error.message).slice(0, ERROR_MOST)}` };
}

// A value as JSON can say it.
function plain(value)
{
    if (value === undefined)
        return null;
    if (typeof value === 'string' && value.length > TEXT_MOST)
        return { length: value.length, fnv1a32: hashText(value), head: value.slice(0, 64) };
    return ArrayBuffer.isView(value) ? Array.from(value) : value;
}

// What the probe gives, or the marker of what it throws.
function read(probe)
{
    try {
        return plain(probe());
    } catch (error) {
        return marker(error);
    }
}

let timeFactor = 1; // of all limits

// The promise, or a TimeoutError after so many milliseconds.
function within(promise, limit)
{
    let timer;
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(Object.assign(
            new Error(`no answer in ${limit * timeFactor} ms`), { name: 'TimeoutError' })),
        limit * timeFactor);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// As read(), of a probe that gives a promise.
async function readLater(probe, limit = PROBE_LIMIT)
{
    try {
        return plain(await within(probe(), limit));
    } catch (error) {
        return marker(error);
    }
}

// An object that has under each name what probe(name) gives.
function readEach(names, probe)
{
    const values = {};
    for (const name of names)
        values[name] = read(() => probe(name));
    return values;
}

// The same of a table of probes that give promises, all at once.
async function readAll(probes, limit = PROBE_LIMIT)
{
    const values = {};
    await Promise.all(Object.keys(probes).map(async (name) => {
        values[name] = null; // in the order of the table
        values[name] = await readLater(probes[name], limit);
    }));
    return values;
}

const table = (names, probe) => Object.fromEntries(names.map((name) => [name, () => probe(name)]));

const SCALARS = ['string', 'number', 'boolean'];
const isScalar = (value) => value === null || SCALARS.includes(typeof value);

// The members of an object of the browser that are scalars, in the order of its prototypes.
function readScalars(object)
{
    const values = {};
    for (let proto = Object.getPrototypeOf(object); proto && proto !== Object.prototype;
        proto = Object.getPrototypeOf(proto))
        for (const name of Object.getOwnPropertyNames(proto)) {
            if (name in values || name === 'constructor')
                continue;
            const value = read(() => object[name]);
            if (isScalar(value) || (value && value.error))
                values[name] = value;
        }
    return values;
}

function element(tag, css, text)
{
    const made = document.createElement(tag);
    if (css)
        made.style.cssText = css;
    if (text !== undefined)
        made.textContent = text;
    return made;
}

// What the probe gives of an element while it is in the page.
function shown(made, probe)
{
    document.body.appendChild(made);
    try {
        return probe(made);
    } finally {
        made.remove();
    }
}

// What a style property computes to for each of the texts, null if it is no value of the property.
function readComputed(made, texts, property, result)
{
    return shown(made, () => readEach(texts, (text) => {
        made.style[property] = '';
        made.style[property] = text;
        return made.style[property] === '' ? null : getComputedStyle(made)[result || property];
    }));
}

// ------------------------------------------------------------------------------------ Navigator

const navigatorLater = {
    storageEstimate: async () => {
        const { quota, usage } = await navigator.storage.estimate();
        return { quota, usage };
    },
    storagePersisted: () => navigator.storage.persisted(),
    battery: async () => {
        const { charging, level, chargingTime, dischargingTime } = await navigator.getBattery();
        return { charging, level, chargingTime, dischargingTime };
    },
    keyboardLayout: async () => Object.fromEntries(await navigator.keyboard.getLayoutMap()),
    // Ids and labels of devices are personal: only what kinds there are.
    mediaDevices: async () => (await navigator.mediaDevices.enumerateDevices())
        .map(({ kind }) => ({ kind })),
    supportedConstraints: async () => navigator.mediaDevices.getSupportedConstraints(),
    bluetooth: () => navigator.bluetooth.getAvailability(),
    xr: () => navigator.xr.isSessionSupported('inline'),
    cookieStore: async () => (await cookieStore.getAll()).length,
    serviceWorkers: async () => (await navigator.serviceWorker.getRegistrations()).length,
    locks: async () => {
        const { held, pending } = await navigator.locks.query();
        return { held: held.length, pending: pending.length };
    },
};

const readPlugin = ({ name, filename, description }, plugin) =>
    ({ name, filename, description, mimeTypes: Array.from(plugin, ({ type }) => type) });
const readMimeType = ({ type, suffixes, description }) => ({ type, suffixes, description });

async function readNavigator()
{
    const values = readScalars(navigator);
    const optional = (name) => read(() => navigator[name] && readScalars(navigator[name]));
    values.languages = read(() => [...navigator.languages]);
    values.javaEnabled = read(() => navigator.javaEnabled());
    values.plugins = read(() => Array.from(navigator.plugins, (each) => readPlugin(each, each)));
    values.mimeTypes = read(() => Array.from(navigator.mimeTypes, readMimeType));
    values.connection = optional('connection');
    values.userActivation = optional('userActivation');
    values.ownKeys = read(() => Object.getOwnPropertyNames(navigator));
    values.protoKeyCount = read(() => Object.getOwnPropertyNames(Navigator.prototype).length);
    values.protoKeys = read(() => Object.getOwnPropertyNames(Navigator.prototype));
    // Only Brave has this member; without it the signal is missing.
    if (navigator.brave)
        values.isBrave = await readLater(() => navigator.brave.isBrave());
    return Object.assign(values, await readAll(navigatorLater));
}

const CLIENT_HINTS = ['architecture', 'bitness', 'brands', 'formFactors', 'fullVersionList',
    'mobile', 'model', 'platform', 'platformVersion', 'uaFullVersion', 'wow64'];

async function readClientHints()
{
    const data = navigator.userAgentData;
    if (!data)
        return null;
    return {
        brands: read(() => data.brands),
        mobile: data.mobile,
        platform: data.platform,
        high: await readLater(() => data.getHighEntropyValues(CLIENT_HINTS)),
    };
}

// A server that answers with the headers of the request, as JSON, but for Cookie, Host and Referer:
// {"httpVersion": "1.1", "names": [NAME in their order...], "headers": {NAME: VALUE...}}.
const readHttp = (options) => readLater(async () => {
    const answer = await fetch(options.headers, { cache: 'no-store' });
    return answer.json();
});

// ------------------------------------------------------------------ Screen, window and document

function readScreen()
{
    return Object.assign(readScalars(screen),
        { orientation: read(() => readScalars(screen.orientation)) });
}

const WINDOW_MEMBERS = ['innerWidth', 'innerHeight', 'outerWidth', 'outerHeight',
    'devicePixelRatio', 'screenX', 'screenY', 'screenLeft', 'screenTop', 'origin',
    'isSecureContext', 'crossOriginIsolated', 'originAgentCluster', 'mozInnerScreenX',
    'mozInnerScreenY', 'fullScreen', 'orientation'];
const WINDOW_BARS = ['menubar', 'toolbar'];
const VENDOR_GLOBALS = /^(webkit|moz|Moz|WebKit|chrome|external|Install|netscape|opera|safari)/;

function readGlobals()
{
    const names = Object.getOwnPropertyNames(window);
    const isHandler = (name) => /^on/.test(name);
    return {
        count: names.length,
        fnv1a32: hashText(names.join()),
        first: names.slice(0, 10),
        last: names.slice(-15),
        lowerCase: names.filter((name) => /^[a-z]/.test(name) && !isHandler(name)).slice(0, 120),
        handlers: names.filter(isHandler).length,
        vendor: names.filter((name) => VENDOR_GLOBALS.test(name)),
    };
}

function readWindow()
{
    const values = readEach(WINDOW_MEMBERS, (name) => window[name]);
    const scroller = 'width:100px;height:100px;overflow:scroll;position:absolute';
    Object.assign(values, readEach(WINDOW_BARS, (name) => window[name].visible));
    values.visualViewport = read(() => readScalars(window.visualViewport));
    values.historyLength = history.length;
    values.scrollbarWidth = read(() =>
        shown(element('div', scroller), (made) => made.offsetWidth - made.clientWidth));
    values.globals = read(readGlobals);
    values.chrome = read(() => window.chrome && Object.keys(window.chrome));
    return values;
}

const DOCUMENT_MEMBERS = ['characterSet', 'fullscreenEnabled', 'hidden', 'visibilityState',
    'prerendering', 'pictureInPictureEnabled', 'readyState', 'referrer', 'wasDiscarded',
    'featurePolicy'];
const DOCUMENT_SUPPORTS = {
    queryCommands: [['paste', 'contentReadOnly', 'insertBrOnReturn', 'findString'],
        (name) => document.queryCommandSupported(name)],
    inputTypes: [['month', 'week'], (name) => {
        const input = document.createElement('input');
        input.setAttribute('type', name);
        return input.type === name;
    }],
    relSupports: [['compression-dictionary'],
        (name) => document.createElement('link').relList.supports(name)],
    scriptSupports: [['speculationrules', 'webbundle'], (name) => HTMLScriptElement.supports(name)],
    sandboxSupports: [['allow-top-navigation-to-custom-protocols', 'allow-same-site-none-cookies'],
        (name) => document.createElement('iframe').sandbox.supports(name)],
};

function readElementKeys()
{
    const keys = [];
    for (const key in document.documentElement)
        keys.push(key);
    return { count: keys.length, fnv1a32: hashText(keys.join()), first: keys.slice(0, 12) };
}

function readDocument()
{
    const values = readEach(DOCUMENT_MEMBERS, (name) => {
        const value = document[name];
        return isScalar(value) || !value ? value : Object.prototype.toString.call(value);
    });
    values.hasFocus = read(() => document.hasFocus());
    values.allowedFeatures = read(() => document.featurePolicy.allowedFeatures().sort());
    values.htmlElementKeys = read(readElementKeys);
    for (const [member, [names, probe]] of Object.entries(DOCUMENT_SUPPORTS))
        values[member] = readEach(names, probe);
    return values;
}

function readTouch()
{
    return {
        maxTouchPoints: read(() => navigator.maxTouchPoints),
        ontouchstart: 'ontouchstart' in window,
        touchEvent: read(() => !!document.createEvent('TouchEvent')),
        requestPermission: read(() => typeof DeviceMotionEvent.requestPermission),
    };
}

// ---------------------------------------------------------------------------- Media queries, CSS

const WIDTHS = [320, 360, 375, 390, 412, 480, 600, 768, 800, 1024, 1280, 1366, 1440, 1920, 2560];
// Feature and values; a feature without a value is asked for by its name alone.
const MEDIA = [
    ['prefers-color-scheme', 'light', 'dark'],
    ['prefers-reduced-motion', 'reduce', 'no-preference'],
    ['prefers-contrast', 'no-preference', 'more', 'less', 'custom'],
    ['prefers-reduced-transparency', 'reduce', 'no-preference'],
    ['prefers-reduced-data', 'reduce', 'no-preference'],
    ['forced-colors', 'active', 'none'],
    ['inverted-colors', 'inverted', 'none'],
    ['color-gamut', 'srgb', 'p3', 'rec2020'],
    ['dynamic-range', 'standard', 'high'],
    ['video-dynamic-range', 'standard', 'high'],
    ['monochrome', ''],
    ['color', '8'],
    ['hover', 'none', 'hover'],
    ['any-hover', 'none', 'hover'],
    ['pointer', 'none', 'coarse', 'fine'],
    ['any-pointer', 'none', 'coarse', 'fine'],
    ['orientation', 'portrait', 'landscape'],
    ['display-mode', 'browser', 'standalone', 'fullscreen'],
    ['display-state', 'normal'],
    ['resizable', 'true'],
    ['update', 'slow', 'fast'],
    ['scripting', 'enabled'],
    ['horizontal-viewport-segments', '1', '2'],
    ['device-posture', 'continuous', 'folded'],
    ['-webkit-device-pixel-ratio', '1', '2', '3'],
    ['-moz-device-pixel-ratio', '1', '2'],
    ['-moz-platform', 'linux'],
    ['min-width', ...WIDTHS.map((width) => width + 'px')],
    ['min-device-width', ...WIDTHS.map((width) => width + 'px')],
    ['min-resolution', '0.75dppx', '1dppx', '1.25dppx', '1.5dppx', '2dppx', '2.625dppx', '3dppx',
        '120dpi'],
    ['min-aspect-ratio', '4/3', '16/10', '16/9', '1/1', '9/16'],
];

// Whether each query matches, null if the browser does not know it.
function readMedia()
{
    const queries = [];
    for (const [feature, ...values] of MEDIA)
        for (const value of values)
            queries.push(value ? `(${feature}: ${value})` : `(${feature})`);
    return readEach(queries, (query) => {
        const list = matchMedia(query);
        return list.media === 'not all' ? null : list.matches;
    });
}

const SYSTEM_COLORS = ['AccentColor', 'AccentColorText', 'ActiveBorder', 'ActiveText',
    'ButtonBorder', 'ButtonFace', 'ButtonHighlight', 'ButtonShadow', 'ButtonText', 'Canvas',
    'CanvasText', 'Field', 'GrayText', 'Highlight', 'HighlightText', 'InactiveBorder',
    'InactiveCaption', 'InactiveCaptionText', 'InfoBackground', 'LinkText', 'Menu', 'Scrollbar',
    'SelectedItem', 'ThreeDDarkShadow', 'ThreeDFace', 'ThreeDHighlight', 'ThreeDLightShadow',
    'ThreeDShadow', 'VisitedText', 'WindowFrame', '-webkit-link', '-moz-hyperlinktext',
    '-moz-dialog'];
const COLORS = ['color(display-p3 1 0.5 0)', 'oklch(0.5 0.1 200)', 'lab(50% 40 59.5)',
    'hwb(90 10% 20%)', 'color-mix(in srgb, red 33%, blue)', 'rgb(from red r g 40%)'];
const SYSTEM_FONTS = ['caption', 'icon', 'menu', 'message-box', 'small-caption', 'status-bar'];
const LENGTHS = ['1cm', '1q', '1em', '1rem', '1ex', '1ch', '1cap', '1lh', '1rlh', '1vw', '1vh',
    '1svh', '1lvh', '1dvh', '1vi', '1vb', '1pt', '0.3333px', '33.33333vw'];
const CALCULATIONS = ['calc(1px / 3)', 'calc(pow(2, 0.5) * 10px)', 'calc(exp(1) * 10px)',
    'hypot(3px, 4.2px)', 'calc(infinity * 1px)', 'calc(tan(45deg) * 7.7px)',
    'calc(atan2(1, 2) / 1rad * 10px)'];

const readSystemFonts = () => shown(element('div'), (made) => readEach(SYSTEM_FONTS, (name) => {
    made.style.font = name;
    const style = getComputedStyle(made);
    return `${style.fontSize} ${style.fontFamily}`;
}));

function readComputedStyle()
{
    const style = getComputedStyle(document.body), keys = [];
    for (const key in style)
        keys.push(key);
    const names = Array.from(style);
    return {
        length: names.length,
        keyCount: keys.length,
        namesHash: hashText(names.join()),
        keysHash: hashText(keys.join()),
        valuesHash: hashText(names.map((name) => style.getPropertyValue(name)).join('|')),
        first: names.slice(0, 8),
        vendor: names.filter((name) => name[0] === '-').length,
    };
}

const FORM_ELEMENTS = {
    button: '<button>\u00d6k</button>',
    input: '<input value="x">',
    select: '<select><option>a\u00e9</select>',
    textarea: '<textarea>t</textarea>',
    date: '<input type="date">',
    range: '<input type="range">',
    file: '<input type="file">',
    progress: '<progress value=".3"></progress>',
    pre: '<pre>x</pre>',
    link: '<a href="#">l</a>',
    math: '<math><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
};
const FORM_PROPERTIES = ['font-family', 'font-size', 'color', 'background-color',
    'border-top-color', 'border-top-width', 'padding-left', 'width', 'height'];

const readFormStyles = () => readEach(Object.keys(FORM_ELEMENTS), (name) => {
    const host = element('div');
    host.innerHTML = FORM_ELEMENTS[name];
    return shown(host, () => {
        const style = getComputedStyle(host.firstChild), values = {};
        for (const property of FORM_PROPERTIES)
            values[property] = style.getPropertyValue(property);
        values.box = host.firstChild.getBoundingClientRect().toJSON();
        return values;
    });
});

// --------------------------------------------------------------------------------------- Fonts

const FONTS = ['Andale Mono', 'Arial', 'Arial Black', 'Arial Unicode MS', 'Bahnschrift',
    'Baskerville', 'Bitstream Vera Sans Mono', 'Book Antiqua', 'Calibri', 'Cambria',
    'Cambria Math', 'Cantarell', 'Century', 'Century Gothic', 'Chilanka', 'Comic Sans MS',
    'Consolas', 'Courier', 'Courier New', 'DejaVu Sans', 'DejaVu Sans Mono', 'DejaVu Serif',
    'Droid Sans', 'Droid Serif', 'FreeMono', 'FreeSans', 'FreeSerif', 'Futura', 'Galvji',
    'Garamond', 'Geneva', 'Georgia', 'Gill Sans', 'Helvetica', 'Helvetica Neue', 'Hiragino Sans',
    'Impact', 'Ink Free', 'InaiMathi', 'Jokerman', 'KacstOne', 'Kefa', 'Leelawadee',
    'Liberation Mono', 'Liberation Sans', 'Liberation Serif', 'Likhan', 'Lucida Console',
    'Lucida Grande', 'Luminari', 'MS Gothic', 'MS Outlook', 'MS Sans Serif', 'MV Boli',
    'Malgun Gothic', 'Marlett', 'Meiryo', 'Menlo', 'Microsoft JhengHei', 'Microsoft YaHei',
    'Mitra Mono', 'Monaco', 'Monotype Corsiva', 'Mukti Narrow', 'Myriad Pro', 'Nimbus Sans',
    'Noto Color Emoji', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK JP', 'Noto Sans CJK TC',
    'Noto Sans Devanagari', 'Noto Sans Hebrew', 'Noto Sans Mono', 'Noto Sans Thai', 'Noto Serif',
    'Noto Serif CJK JP', 'Noto Serif Tamil', 'Open Sans', 'Open Sans Condensed', 'PMingLiU',
    'Palatino', 'Palatino Linotype', 'PingFang HK Light', 'Pristina', 'Roboto', 'Roboto Condensed',
    'Roboto Slab', 'SF Pro Text', 'Segoe Print', 'Segoe Script', 'Segoe UI', 'Segoe UI Emoji',
    'SignPainter', 'SimHei', 'SimSun', 'Source Code Pro', 'Staccato222 BT', 'Symbol',
    'System Font', 'Tahoma', 'Times', 'Times New Roman', 'Trebuchet MS', 'Ubuntu',
    'Univers CE 55 Medium', 'Verdana', 'Webdings', 'Wingdings', 'ZWAdobeF', 'Zapfino',
    '\u7d30\u660e\u9ad4', '\u5b8b\u4f53', '\uff2d\uff33 \u30b4\u30b7\u30c3\u30af',
    '\ub9d1\uc740 \uace0\ub515'];
const GENERIC_FONTS = ['monospace', 'sans-serif', 'serif'];
const OTHER_GENERIC_FONTS = ['cursive', 'fantasy', 'system-ui', 'ui-monospace', 'ui-rounded',
    'ui-serif', 'math', 'emoji', 'fangsong', '-apple-system', 'BlinkMacSystemFont', '-moz-fixed'];
const FONT_HOST = 'position:absolute;left:-9999px;top:0;visibility:hidden;font-size:72px;' +
    'white-space:nowrap;line-height:normal';
const FONT_CHECKS = ['Arial', 'Roboto', 'Noto Sans CJK JP'];

// A font is there if a text in it, with a generic font as the fallback, has another size than in
// the generic font alone. All texts are laid out at once.
function readFonts()
{
    const host = element('div', FONT_HOST);
    const span = (family) => {
        const made = element('span', '', 'mmMwWLliI0O&1');
        made.style.fontFamily = family;
        host.append(made, element('br'));
        return made;
    };
    const generic = GENERIC_FONTS.map(span), other = OTHER_GENERIC_FONTS.map(span);
    const named = FONTS.map((name) => GENERIC_FONTS.map((base) => span(`"${name}",${base}`)));
    return shown(host, () => {
        const size = (made) => made.getBoundingClientRect();
        const base = {}, widths = {}, sizes = generic.map(size);
        sizes.forEach(({ width, height }, i) => { base[GENERIC_FONTS[i]] = [width, height]; });
        other.forEach((made, i) => { base[OTHER_GENERIC_FONTS[i]] = size(made).width; });
        named.forEach((spans, i) => {
            const found = spans.map(size);
            if (found.some(({ width, height }, j) =>
                width !== sizes[j].width || height !== sizes[j].height))
                widths[FONTS[i]] = found.map(({ width }) => width);
        });
        return { fonts: Object.keys(widths), fontBase: base, fontWidths: widths };
    });
}

// ---------------------------------------------------------------------------- Canvas and layout

function context2d(width, height)
{
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    return canvas.getContext('2d');
}

const dataUrl = (context, ...type) => context.canvas.toDataURL(...type);
const pixels = (context, width, height) => context.getImageData(0, 0, width, height).data;

const DRAWINGS = {
    text: () => {
        const context = context2d(130, 36);
        context.textBaseline = 'alphabetic';
        context.fillStyle = '#f60';
        context.fillRect(60, 1, 62, 20);
        context.fillStyle = '#069';
        context.font = '11pt no-real-font-123';
        context.fillText('Cwm fjord \ud83d\ude03 gly', 2, 15);
        context.fillStyle = 'rgba(102, 204, 0, 0.2)';
        context.font = '15pt Arial';
        context.fillText('Cwm fj gly \u65e5\u0939', 4, 32);
        return dataUrl(context);
    },
    geometry: () => {
        const context = context2d(80, 60);
        const arc = (x, y, radius) => context.arc(x, y, radius, 0, 2 * Math.PI, true);
        context.globalCompositeOperation = 'multiply';
        for (const [color, x, y] of [['#f2f', 25, 20], ['#2ff', 45, 20], ['#ff2', 35, 35]]) {
            context.fillStyle = color;
            context.beginPath();
            arc(x, y, 18);
            context.closePath();
            context.fill();
        }
        context.fillStyle = '#f9c';
        arc(35, 28, 25);
        arc(35, 28, 10);
        context.fill('evenodd');
        return dataUrl(context);
    },
    gradient: () => {
        const context = context2d(48, 24);
        const fill = context.createRadialGradient(20, 10, 2, 22, 12, 26);
        fill.addColorStop(0, 'hsl(200 80% 40%)');
        fill.addColorStop(0.5, 'oklch(0.7 0.2 30)');
        fill.addColorStop(1, '#0f08');
        context.fillStyle = fill;
        context.fillRect(0, 0, 48, 24);
        context.shadowBlur = 5;
        context.shadowColor = '#333';
        context.rotate(0.13);
        context.strokeRect(5.3, 4.7, 20.1, 9.9);
        return {
            dataURL: plain(dataUrl(context)),
            pixelHash: hashBytes(pixels(context, 48, 24)),
            firstPixels: Array.from(pixels(context, 3, 1)),
        };
    },
    emojiHash: () => {
        const context = context2d(160, 32);
        context.font = '20px sans-serif';
        context.fillText('\ud83e\udd84\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67' +
            '\ud83c\uddf9\ud83c\uddf7\u2764\ufe0f', 0, 24);
        return hashBytes(pixels(context, 160, 32));
    },
    jpeg: () => {
        const context = context2d(16, 16);
        context.fillStyle = '#abc';
        context.fillRect(0, 0, 16, 16);
        return dataUrl(context, 'image/jpeg', 0.5);
    },
    winding: () => {
        const context = context2d(1, 1);
        context.rect(0, 0, 10, 10);
        context.rect(2, 2, 6, 6);
        return !context.isPointInPath(5, 5, 'evenodd');
    },
    // Whether the same drawing gives the same image twice.
    stable: () => {
        const draw = () => {
            const context = context2d(30, 20);
            context.font = '12px serif';
            context.fillText('st\u00e4ble', 0, 14);
            return dataUrl(context);
        };
        return draw() === draw();
    },
    contextAttributes: () => context2d(1, 1).getContextAttributes(),
    offscreen: () => {
        const context = new OffscreenCanvas(30, 16).getContext('2d');
        context.font = '14px serif';
        context.fillText('aq\u00e9', 1, 12);
        return hashBytes(pixels(context, 30, 16));
    },
};
const CANVAS_TYPES = ['image/webp', 'image/avif', 'image/bmp', 'image/jpeg', 'image/gif'];
const CANVAS_DEFAULTS = ['font', 'direction', 'filter', 'fontKerning', 'imageSmoothingQuality',
    'letterSpacing', 'textRendering', 'lang'];
const METRIC_FONTS = ['16px serif', '16px sans-serif', '16px monospace', '13.37px cursive',
    '16px system-ui', '72px Arial', '72px "Noto Sans CJK JP"', 'italic 700 21px Georgia'];
const METRIC_TEXT = 'mmMwWLliI0O&1 \u00e4\u00df\u011f\u0627\u0644\u0939\u093f\u65e5\u672c ' +
    '\ud83d\ude00';

function readCanvas()
{
    const values = readEach(Object.keys(DRAWINGS), (name) => DRAWINGS[name]());
    const context = context2d(1, 1);
    values.mimeSupport = readEach(CANVAS_TYPES,
        (type) => dataUrl(context2d(1, 1), type).startsWith('data:' + type));
    values.defaults = readEach(CANVAS_DEFAULTS, (name) => context[name]);
    values.metrics = readEach(METRIC_FONTS, (font) => {
        context.font = font;
        const metrics = context.measureText(METRIC_TEXT), numbers = {};
        for (const name in metrics)
            if (typeof metrics[name] === 'number')
                numbers[name] = metrics[name];
        return numbers;
    });
    return values;
}

const BOXES = {
    a: 'position:absolute;left:3.1px;top:2.12345px;font:16px serif;' +
        'transform:rotate(7.3deg) scale(1.0317)',
    b: 'position:absolute;left:10%;top:33.3333%;font:11pt monospace;letter-spacing:.37px',
    c: 'position:absolute;width:33.333%;padding:1.23em;border:.7px solid;font:13.3333px sans-serif',
    d: 'position:absolute;right:3.03px;margin:-1.2px;font:22px cursive;perspective:100px;' +
        'transform:skew(9deg,-4.7deg)',
    e: 'position:absolute;font:19px system-ui;zoom:1.13',
};
const BOX_TEXT = 'M\u00fcll \u0645\u0631\u062d\u0628\u0627 \u65e5\u672c\u8a9e \ud83e\udd84 wgh';
const RANGE_TEXT = 'The quick brown fox \u0939\u093f\u0928\u094d\u0926\u0940 jumps';
const EMOJI = ['\u263a', '\u2639', '\ud83d\ude00', '\ud83e\udee8', '\ud83c\uddfa\ud83c\uddf3',
    '\ud83d\udc69\u200d\ud83d\ude80', '\u20bf', '\ua9fd', '\ud808\udc00'];

function readSvg()
{
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const text = document.createElementNS(svg.namespaceURI, 'text');
    const sides = ({ x, y, width, height }) => ({ x, y, width, height });
    text.textContent = 'W\ud83d\ude42fi\u0436';
    text.setAttribute('style', 'font:32.1px serif');
    text.setAttribute('y', '20');
    svg.appendChild(text);
    return shown(svg, () => ({
        bbox: sides(text.getBBox()),
        extent: sides(text.getExtentOfChar(0)),
        length: text.getComputedTextLength(),
        sub: text.getSubStringLength(1, 2),
    }));
}

function readRange(paragraph)
{
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    return Array.from(range.getClientRects(), ({ x, y, width, height }) => [x, y, width, height]);
}

function readRects()
{
    const paragraph = 'position:absolute;width:90px;font:14.7px serif';
    const emoji = 'position:absolute;font:48px serif;white-space:pre';
    return {
        dom: readEach(Object.keys(BOXES), (name) => shown(element('div', BOXES[name], BOX_TEXT),
            (made) => made.getBoundingClientRect().toJSON())),
        svg: read(readSvg),
        range: read(() => shown(element('p', paragraph, RANGE_TEXT), readRange)),
        emoji: readEach(EMOJI, (text) => shown(element('span', emoji, text), (made) => {
            const { width, height } = made.getBoundingClientRect();
            return [width, height];
        })),
    };
}

// ------------------------------------------------------------------------------- WebGL and WebGPU

const GL_PARAMETERS = ['VERSION', 'VENDOR', 'RENDERER', 'SHADING_LANGUAGE_VERSION',
    'MAX_TEXTURE_SIZE', 'MAX_CUBE_MAP_TEXTURE_SIZE', 'MAX_RENDERBUFFER_SIZE', 'MAX_VIEWPORT_DIMS',
    'MAX_VERTEX_ATTRIBS', 'MAX_VERTEX_UNIFORM_VECTORS', 'MAX_VARYING_VECTORS',
    'MAX_COMBINED_TEXTURE_IMAGE_UNITS', 'MAX_VERTEX_TEXTURE_IMAGE_UNITS',
    'MAX_TEXTURE_IMAGE_UNITS', 'MAX_FRAGMENT_UNIFORM_VECTORS', 'ALIASED_LINE_WIDTH_RANGE',
    'ALIASED_POINT_SIZE_RANGE', 'RED_BITS', 'GREEN_BITS', 'BLUE_BITS', 'ALPHA_BITS', 'DEPTH_BITS',
    'STENCIL_BITS', 'SUBPIXEL_BITS', 'SAMPLES', 'SAMPLE_BUFFERS', 'COMPRESSED_TEXTURE_FORMATS',
    'IMPLEMENTATION_COLOR_READ_FORMAT', 'IMPLEMENTATION_COLOR_READ_TYPE', 'STENCIL_VALUE_MASK',
    'STENCIL_WRITEMASK', 'STENCIL_BACK_VALUE_MASK', 'STENCIL_BACK_WRITEMASK'];
const GL2_PARAMETERS = ['MAX_3D_TEXTURE_SIZE', 'MAX_ARRAY_TEXTURE_LAYERS',
    'MAX_CLIENT_WAIT_TIMEOUT_WEBGL', 'MAX_COLOR_ATTACHMENTS',
    'MAX_COMBINED_FRAGMENT_UNIFORM_COMPONENTS', 'MAX_COMBINED_UNIFORM_BLOCKS',
    'MAX_COMBINED_VERTEX_UNIFORM_COMPONENTS', 'MAX_DRAW_BUFFERS', 'MAX_ELEMENT_INDEX',
    'MAX_ELEMENTS_INDICES', 'MAX_ELEMENTS_VERTICES', 'MAX_FRAGMENT_INPUT_COMPONENTS',
    'MAX_FRAGMENT_UNIFORM_BLOCKS', 'MAX_FRAGMENT_UNIFORM_COMPONENTS', 'MAX_PROGRAM_TEXEL_OFFSET',
    'MAX_SAMPLES', 'MAX_SERVER_WAIT_TIMEOUT', 'MAX_TEXTURE_LOD_BIAS',
    'MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS', 'MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS',
    'MAX_TRANSFORM_FEEDBACK_SEPARATE_COMPONENTS', 'MAX_UNIFORM_BLOCK_SIZE',
    'MAX_UNIFORM_BUFFER_BINDINGS', 'MAX_VARYING_COMPONENTS', 'MAX_VERTEX_OUTPUT_COMPONENTS',
    'MAX_VERTEX_UNIFORM_BLOCKS', 'MAX_VERTEX_UNIFORM_COMPONENTS', 'MIN_PROGRAM_TEXEL_OFFSET',
    'UNIFORM_BUFFER_OFFSET_ALIGNMENT'];
const SHADERS = ['VERTEX_SHADER', 'FRAGMENT_SHADER'];
const PRECISIONS = ['LOW_FLOAT', 'MEDIUM_FLOAT', 'HIGH_FLOAT', 'LOW_INT', 'MEDIUM_INT', 'HIGH_INT'];
const GL_SIDE = 64; // of the canvas, in pixels
const SHADER_SOURCES = {
    VERTEX_SHADER: 'attribute vec2 a;varying vec2 v;void main(){v=a;gl_Position=vec4(a,0.,1.);}',
    FRAGMENT_SHADER: 'precision mediump float;varying vec2 v;' +
        'void main(){gl_FragColor=vec4(sin(v.x*9.7)*.5+.5,v*.5+.5,1.);}',
};
const TRIANGLE = [-0.9, -0.8, 0.95, -0.3, 0.1, 0.97];

const unmasked = (gl, what) =>
    gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')[`UNMASKED_${what}_WEBGL`]);

function readPrecisions(gl)
{
    const names = [].concat(...SHADERS.map((shader) =>
        PRECISIONS.map((kind) => `${shader}.${kind}`)));
    return readEach(names, (name) => {
        const [shader, kind] = name.split('.');
        const { rangeMin, rangeMax, precision } = gl.getShaderPrecisionFormat(gl[shader], gl[kind]);
        return { rangeMin, rangeMax, precision };
    });
}

function drawTriangle(gl)
{
    const program = gl.createProgram();
    for (const kind of SHADERS) {
        const shader = gl.createShader(gl[kind]);
        gl.shaderSource(shader, SHADER_SOURCES[kind]);
        gl.compileShader(shader);
        gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(TRIANGLE), gl.STATIC_DRAW);
    const at = gl.getAttribLocation(program, 'a');
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, 2, gl.FLOAT, false, 0, 0);
    gl.clearColor(0.2, 0.4, 0.6, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
}

function readRendered(gl, type)
{
    drawTriangle(gl);
    const drawn = new Uint8Array(GL_SIDE * GL_SIDE * 4), center = (GL_SIDE / 2) * (GL_SIDE + 1) * 4;
    gl.readPixels(0, 0, GL_SIDE, GL_SIDE, gl.RGBA, gl.UNSIGNED_BYTE, drawn);
    const values = {
        pixelHash: hashBytes(drawn),
        center: Array.from(drawn.slice(center, center + 4)),
        glError: gl.getError(),
    };
    if (type === 'webgl')
        values.dataURL = plain(gl.canvas.toDataURL());
    return values;
}

function readGl(type)
{
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = GL_SIDE;
    const gl = canvas.getContext(type, { antialias: true, preserveDrawingBuffer: true });
    if (!gl)
        return null;
    const names = type === 'webgl2' ? GL_PARAMETERS.concat(GL2_PARAMETERS) : GL_PARAMETERS;
    const values = {
        params: readEach(names, (name) => gl.getParameter(gl[name])),
        unmaskedVendor: read(() => unmasked(gl, 'VENDOR')),
        unmaskedRenderer: read(() => unmasked(gl, 'RENDERER')),
        contextAttributes: read(() => gl.getContextAttributes()),
        extensions: read(() => gl.getSupportedExtensions()),
        anisotropy: read(() => gl.getParameter(
            gl.getExtension('EXT_texture_filter_anisotropic').MAX_TEXTURE_MAX_ANISOTROPY_EXT)),
        drawingBufferColorSpace: read(() => gl.drawingBufferColorSpace),
        isContextLost: read(() => gl.isContextLost()),
        shaderPrecision: readPrecisions(gl),
        render: read(() => readRendered(gl, type)),
    };
    // A page has few contexts: give this one back.
    read(() => gl.getExtension('WEBGL_lose_context').loseContext());
    return values;
}

const ADAPTERS = { default: {}, fallback: { forceFallbackAdapter: true } };
const ADAPTER_LIMIT = 3500; // ms

async function readAdapter(name)
{
    const adapter = await navigator.gpu.requestAdapter(ADAPTERS[name]);
    if (!adapter)
        return null;
    const limits = {};
    for (const limit in adapter.limits)
        if (typeof adapter.limits[limit] === 'number')
            limits[limit] = adapter.limits[limit];
    return {
        info: read(() => readScalars(adapter.info)),
        isFallback: read(() => adapter.isFallbackAdapter),
        features: Array.from(adapter.features),
        limits,
    };
}

async function readWebgpu()
{
    if (!navigator.gpu)
        return null;
    const values = {
        preferredFormat: read(() => navigator.gpu.getPreferredCanvasFormat()),
        wgsl: read(() => Array.from(navigator.gpu.wgslLanguageFeatures)),
    };
    for (const name of Object.keys(ADAPTERS))
        values[name] = await readLater(() => readAdapter(name), ADAPTER_LIMIT);
    return values;
}

// --------------------------------------------------------------------------- Audio and codecs

async function renderCompressed()
{
    const Context = window.OfflineAudioContext || window.webkitOfflineAudioContext;
    const context = new Context(1, 5000, 44100);
    const oscillator = context.createOscillator();
    const compressor = context.createDynamicsCompressor();
    const analyser = context.createAnalyser();
    const settings = { threshold: -50, knee: 40, ratio: 12, attack: 0, release: 0.25 };
    oscillator.type = 'triangle';
    oscillator.frequency.value = 1e4;
    for (const name of Object.keys(settings))
        compressor[name].value = settings[name];
    oscillator.connect(compressor);
    compressor.connect(analyser);
    analyser.connect(context.destination);
    oscillator.start(0);
    const buffer = await context.startRendering(), samples = buffer.getChannelData(0);
    const frequency = new Float32Array(analyser.frequencyBinCount);
    const time = new Float32Array(analyser.fftSize);
    analyser.getFloatFrequencyData(frequency);
    analyser.getFloatTimeDomainData(time);
    let sum = 0;
    for (let i = 4500; i < 5000; i++)
        sum += Math.abs(samples[i]);
    return {
        sum,
        minAbs: samples.reduce((least, x) => x ? Math.min(least, Math.abs(x)) : least, Infinity),
        samples: Array.from(samples.slice(4500, 4540)),
        reduction: compressor.reduction,
        frequency: Array.from(frequency.slice(0, 24)),
        timeDomain: Array.from(time.slice(0, 16)),
        length: buffer.length,
        duration: buffer.duration,
    };
}

async function renderFiltered()
{
    const context = new OfflineAudioContext(1, 256, 48000);
    const oscillator = context.createOscillator(), filter = context.createBiquadFilter();
    const mag = new Float32Array(3), phase = new Float32Array(3);
    filter.type = 'peaking';
    filter.Q.value = 7.77;
    filter.gain.value = 3.3;
    oscillator.frequency.value = 1000;
    oscillator.connect(filter);
    filter.connect(context.destination);
    oscillator.start();
    const samples = (await context.startRendering()).getChannelData(0);
    filter.getFrequencyResponse(new Float32Array([440, 1000, 9999.9]), mag, phase);
    return {
        samples: Array.from(samples.slice(1, 24)),
        mag: Array.from(mag),
        phase: Array.from(phase),
    };
}

async function readAudioContext()
{
    const context = new (window.AudioContext || window.webkitAudioContext)();
    const values = Object.assign(readScalars(context), {
        destination: readScalars(context.destination),
        listener: read(() => readEach(['forwardX', 'positionX', 'upY'],
            (name) => context.listener[name].value)),
    });
    context.close();
    return values;
}

const AUDIO_NODES = {
    analyser: 'Analyser', biquad: 'BiquadFilter', compressor: 'DynamicsCompressor',
    convolver: 'Convolver', delay: 'Delay', gain: 'Gain', osc: 'Oscillator', panner: 'Panner',
    shaper: 'WaveShaper',
};

// The scalars of a node, and of each of its parameters the value and its range.
function readAudioNode(node)
{
    const values = {};
    for (const name in node) {
        const member = node[name];
        if (member instanceof AudioParam) {
            const { value, defaultValue, minValue, maxValue } = member;
            values[name] = { value, defaultValue, minValue, maxValue };
        } else if (isScalar(member)) {
            values[name] = member;
        }
    }
    return values;
}

function readAudioNodes()
{
    const context = new OfflineAudioContext(1, 128, 44100);
    return readEach(Object.keys(AUDIO_NODES),
        (name) => readAudioNode(context['create' + AUDIO_NODES[name]]()));
}

async function readAudio()
{
    return {
        render: await readLater(renderCompressed),
        sine: await readLater(renderFiltered),
        context: await readLater(readAudioContext),
        nodes: read(readAudioNodes),
    };
}

const CONTAINERS = ['audio/mp4; codecs="mp4a.40.2"', 'audio/mp4; codecs="ac-3"',
    'audio/mp4; codecs="ec-3"', 'audio/mp4; codecs="ac-4"', 'audio/mp4; codecs="alac"',
    'audio/mp4; codecs="flac"', 'audio/mp4; codecs="opus"', 'audio/mpeg',
    'audio/ogg; codecs="vorbis"', 'audio/ogg; codecs="opus"', 'audio/ogg; codecs="flac"',
    'audio/webm; codecs="vorbis"', 'audio/webm; codecs="opus"', 'audio/wav; codecs="1"',
    'audio/wav; codecs="3"', 'audio/flac', 'audio/aac', 'audio/x-m4a',
    'video/mp4; codecs="avc1.42E01E"', 'video/mp4; codecs="avc1.640028, mp4a.40.2"',
    'video/mp4; codecs="hev1.1.6.L93.B0"', 'video/mp4; codecs="hvc1.1.6.L120.90"',
    'video/mp4; codecs="av01.0.05M.08"', 'video/mp4; codecs="av01.0.15M.10"',
    'video/mp4; codecs="vp09.00.10.08"', 'video/mp4; codecs="dvh1.05.01"',
    'video/webm; codecs="vp8"', 'video/webm; codecs="vp9"', 'video/webm; codecs="vp09.02.10.10"',
    'video/webm; codecs="av1"', 'video/ogg; codecs="theora"', 'video/x-matroska; codecs="avc1"',
    'video/quicktime', 'application/vnd.apple.mpegurl', 'application/x-mpegURL'];
const RECORDERS = ['video/webm', 'video/webm;codecs=vp8', 'video/webm;codecs=vp9,opus',
    'video/webm;codecs=av1', 'video/webm;codecs=h264', 'video/mp4', 'video/mp4;codecs=avc1',
    'audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4', 'video/x-matroska;codecs=avc1'];
const DECODERS = ['video/mp4; codecs="avc1.42E01E"', 'video/mp4; codecs="hev1.1.6.L93.B0"',
    'video/mp4; codecs="av01.0.05M.08"', 'video/webm; codecs="vp9"', 'video/webm; codecs="vp8"',
    'audio/webm; codecs="opus"', 'audio/mp4; codecs="mp4a.40.2"', 'audio/ogg; codecs="vorbis"',
    'audio/flac'];
const KEY_SYSTEMS = ['com.widevine.alpha', 'com.microsoft.playready', 'com.apple.fps.1_0',
    'org.w3.clearkey'];
const IMAGE_DECODERS = ['image/png', 'image/webp', 'image/avif', 'image/jxl', 'image/heic'];
const VIDEO_ENCODERS = ['vp8', 'vp09.00.10.08', 'av01.0.04M.08', 'avc1.42001E', 'hvc1.1.6.L93.B0'];
const AUDIO_SAMPLE = { channels: '2', bitrate: 132700, samplerate: 5200 };
const VIDEO_SAMPLE = { width: 1920, height: 1080, bitrate: 2646242, framerate: 29.97 };
const DRM_VIDEO = { contentType: 'video/webm; codecs="vp9"' };

async function readDecoder(contentType)
{
    const sample = contentType.startsWith('audio') ? { audio: { contentType, ...AUDIO_SAMPLE } } :
        { video: { contentType, ...VIDEO_SAMPLE } };
    const { supported, smooth, powerEfficient } =
        await navigator.mediaCapabilities.decodingInfo({ type: 'file', ...sample });
    return { supported, smooth, powerEfficient };
}

async function readKeySystem(name)
{
    const asked = { initDataTypes: ['cenc', 'webm'], videoCapabilities: [DRM_VIDEO] };
    return (await navigator.requestMediaKeySystemAccess(name, [asked])).keySystem;
}

async function readVideoEncoder(codec)
{
    return (await VideoEncoder.isConfigSupported({ codec, width: 640, height: 480 })).supported;
}

async function readCodecs()
{
    const video = document.createElement('video');
    const [capabilities, eme, imageDecoder, videoEncoder] = await Promise.all([
        readAll(table(DECODERS, readDecoder)),
        readAll(table(KEY_SYSTEMS, readKeySystem)),
        readAll(table(IMAGE_DECODERS, async (type) => ImageDecoder.isTypeSupported(type))),
        readAll(table(VIDEO_ENCODERS, readVideoEncoder)),
    ]);
    return {
        canPlay: readEach(CONTAINERS, (type) => video.canPlayType(type)),
        mse: readEach(CONTAINERS, (type) => MediaSource.isTypeSupported(type)),
        recorder: readEach(RECORDERS, (type) => MediaRecorder.isTypeSupported(type)),
        capabilities,
        rtcAudio: read(() => RTCRtpReceiver.getCapabilities('audio')),
        rtcVideo: read(() => RTCRtpReceiver.getCapabilities('video')),
        eme,
        imageDecoder,
        videoEncoder,
    };
}

// ------------------------------------------------------------------ Mathematics and languages

// Arguments at which implementations differ in the last digits.
const MATH_CALLS = {
    acos: [0.123124234234234242], acosh: [1e308], asinh: [1], atanh: [0.5], cbrt: [100],
    cos: [13 * Math.E], cosh: [1], exp: [1], expm1: [1], log: [0.123124234234234242],
    log10: [7 * Math.LOG10E], log1p: [10], pow: [Math.PI, -100], sin: [Math.PI], sinh: [1],
    tan: [-1e300], tanh: [0.123],
};

function readMath()
{
    const values = readEach(Object.keys(MATH_CALLS), (name) => Math[name](...MATH_CALLS[name]));
    return Object.assign(values, {
        sinLarge: Math.sin(1e22),
        tanHalfPi: Math.tan(Math.PI / 2),
        polyfillSinh: Math.exp(1) - Math.exp(-1) / 2,
        fdlibm: [0.5, 1, 2, 10, 1e5, 1e17].map((x) => Math.sin(x) * Math.exp(1 / x)),
        tableCos: Array.from({ length: 24 }, (_, i) => Math.cos(i * 1.1)),
    });
}

const INTL_TYPES = ['Collator', 'DateTimeFormat', 'DisplayNames', 'DurationFormat', 'ListFormat',
    'NumberFormat', 'PluralRules', 'RelativeTimeFormat', 'Segmenter'];
const INTL_LISTS = ['calendar', 'collation', 'currency', 'numberingSystem', 'timeZone', 'unit'];
const LOCALE_LISTS = ['getCalendars', 'getCollations', 'getHourCycles', 'getNumberingSystems',
    'getTextInfo', 'getTimeZones', 'getWeekInfo'];
const YEARS = [2023, 1883, 1900, 1916, 1941, 1945, 1970, 1985, 1996, 2011, 2016];
const DATES = ['07/03/2023', 'Mon Jul 3', '1/1/0', 'x 2023'];
const MOMENT = new Date(Date.UTC(2023, 6, 3, 18, 4, 5, 678));
const NUMBER = -1234567.891;
const COLLATED = ['z', '\u00e4', 'a', '\u00e5', '\u0131', 'i', 'I', '\u00d6', '\u4e00', '\u0639',
    '10', '9'];

// A locale of undefined is that of the browser.
const date = (options, locale) => new Intl.DateTimeFormat(locale, options);
const number = (options, locale) => new Intl.NumberFormat(locale, options).format(NUMBER);
const displayName = (type, code) => new Intl.DisplayNames(undefined, { type }).of(code);

const INTL_SAMPLES = {
    dateFull: () => date({ dateStyle: 'full', timeStyle: 'full' }).format(MOMENT),
    dateShort: () => date({ dateStyle: 'short', timeStyle: 'short' }).format(MOMENT),
    dateEra: () => MOMENT.toLocaleDateString(undefined,
        { era: 'long', month: 'narrow', weekday: 'narrow', dayPeriod: 'long' }),
    range: () => date({ dateStyle: 'medium' }).formatRange(MOMENT, new Date(+MOMENT + 9e9)),
    parts: () => date({ hour: 'numeric', timeZoneName: 'long' }).formatToParts(MOMENT)
        .map(({ type, value }) => [type, value]),
    number: () => number(),
    compact: () => number({ notation: 'compact', compactDisplay: 'long' }),
    currency: () => number({ style: 'currency', currency: 'TRY', currencyDisplay: 'name' }),
    accounting: () => number({ style: 'currency', currency: 'EUR', currencySign: 'accounting' }),
    unit: () => new Intl.NumberFormat(undefined,
        { style: 'unit', unit: 'mile-per-hour', unitDisplay: 'long' }).format(50),
    percent: () => (0.256).toLocaleString(undefined, { style: 'percent' }),
    plural: () => [0, 1, 2, 3, 5, 11, 1.5].map((n) => new Intl.PluralRules().select(n)),
    ordinal: () => [1, 2, 3, 4, 21].map((n) =>
        new Intl.PluralRules(undefined, { type: 'ordinal' }).select(n)),
    relative: () => new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(-1, 'day'),
    list: () => new Intl.ListFormat().format(['a', 'b', '\u00e7']),
    region: () => displayName('region', 'TR'),
    language: () => displayName('language', 'hi'),
    currencyName: () => displayName('currency', 'JPY'),
    duration: () => new Intl.DurationFormat(undefined, { style: 'long' })
        .format({ hours: 1, minutes: 46, seconds: 40 }),
    upper: () => 'i\u0131\u00df\u01c6'.toLocaleUpperCase(),
    lower: () => 'I\u0130\u03a3'.toLocaleLowerCase(),
    collate: () => COLLATED.slice().sort(new Intl.Collator().compare),
    dateString: () => MOMENT.toString(),
    localeString: () => MOMENT.toLocaleString(),
    timeString: () => MOMENT.toLocaleTimeString(),
    arabic: () => number(undefined, 'ar-EG'),
    hindi: () => date({ dateStyle: 'full' }, 'hi-IN-u-nu-deva').format(MOMENT),
    japanese: () => date({ dateStyle: 'full' }, 'ja-JP-u-ca-japanese').format(MOMENT),
    hebrew: () => date({ dateStyle: 'long' }, 'he-u-ca-hebrew').format(MOMENT),
    persian: () => date({ dateStyle: 'full' }, 'fa-IR').format(MOMENT),
    buddhist: () => date({ dateStyle: 'long' }, 'th-TH').format(MOMENT),
    chinese: () => date({ dateStyle: 'long' }, 'zh-u-ca-chinese').format(MOMENT),
    swissThousands: () => number(undefined, 'de-CH'),
    frenchSpace: () => number({ style: 'currency', currency: 'EUR' }, 'fr-FR'),
    // Ends in half of a surrogate pair.
    truncated: () => displayName('region', 'TR').slice(0, 5) + '\ud83c\uddf9\ud83c',
    segments: () => Array.from(new Intl.Segmenter(undefined, { granularity: 'word' })
        .segment('\u3053\u3093\u306b\u3061\u306f\u4e16\u754c abc\ud83d\udc69\u200d\ud83d\ude80'),
    ({ segment }) => segment),
};

function readLocale()
{
    const locale = new Intl.Locale(date().resolvedOptions().locale);
    const values = readEach(LOCALE_LISTS, (name) => locale[name]());
    values.maximized = read(() => locale.maximize().toString());
    return values;
}

function readTime()
{
    const offset = (year, month) => new Date(year, month, 1).getTimezoneOffset();
    return {
        offset: new Date().getTimezoneOffset(),
        offsetsByYear: readEach(YEARS, (year) => [offset(year, 0), offset(year, 6)]),
        epochMs1899: +new Date(1899, 11, 31),
        zoneString: String(new Date(2023, 0, 1)).replace(/^[^(]*/, ''),
        canonical: read(() => date().resolvedOptions().timeZone),
        dateParse: readEach(DATES, (text) => Date.parse(text)),
    };
}

function readIntl()
{
    return {
        resolved: readEach(INTL_TYPES, (type) => new Intl[type](undefined,
            type === 'DisplayNames' ? { type: 'region' } : undefined).resolvedOptions()),
        samples: readEach(Object.keys(INTL_SAMPLES), (name) => INTL_SAMPLES[name]()),
        locale: read(readLocale),
        supported: readEach(INTL_LISTS, (name) => {
            const list = Intl.supportedValuesOf(name);
            return { count: list.length, fnv1a32: hashText(list.join()) };
        }),
        time: read(readTime),
    };
}

// -------------------------------------------------------------------------- JavaScript engine

// What is wrong with each of these is worded by the engine.
const MISTAKES = {
    nullProp: () => null.foo,
    undefCall: () => undefined.x(),
    badLength: () => new Array(-1),
    toFixed: () => (1).toFixed(101),
    radix: () => (1).toString(99),
    json: () => JSON.parse('{"a":}'),
    circular: () => { const a = {}; a.a = a; JSON.stringify(a); },
    regex: () => new RegExp('('),
    repeat: () => 'a'.repeat(-1),
    locale: () => new Intl.NumberFormat('!'),
    tz: () => new Intl.DateTimeFormat('en', { timeZone: 'Mars/\u00d8lympus' }),
    dom: () => document.createElement('<>'),
    canvas: () => document.createElement('canvas').getContext('2d').getImageData(0, 0, 0, 0),
    audioParam: () => new OfflineAudioContext(0, 1, 1),
    temporal: () => Temporal.PlainDate.from('2023-99-01'),
};

// Parts of WebAssembly modules, after the eight bytes that all modules begin with.
const WASM_MODULES = {
    basic: [],
    simd: [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
    bulk: [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 14, 1, 12, 0, 65, 0, 65, 0, 65, 0, 252,
        10, 0, 0, 11],
    threads: [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2,
        0, 26, 11],
    tailCall: [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 18, 0, 11],
    gc: [1, 5, 1, 95, 1, 120, 0],
    memory64: [5, 3, 1, 4, 1],
};

function readMistake(name)
{
    try {
        return { value: String(MISTAKES[name]()) };
    } catch (error) {
        const { name: kind, message, code } = error;
        return { name: kind, message, ctor: read(() => error.constructor.name), code };
    }
}

function readStack()
{
    let depth = 0, overflow = null;
    const descend = () => { depth++; descend(); };
    try {
        descend();
    } catch ({ name, message }) {
        overflow = { name, message };
    }
    const trace = new Error('caf\u00e9\n\t"\\\u2028').stack;
    return { overflow, depth, format: trace.split(location.origin).join('').slice(0, 400) };
}

function readWasm()
{
    const header = [0, 97, 115, 109, 1, 0, 0, 0];
    const values = readEach(Object.keys(WASM_MODULES), (name) =>
        WebAssembly.validate(new Uint8Array(header.concat(WASM_MODULES[name]))));
    values.keys = Object.getOwnPropertyNames(WebAssembly).sort();
    return values;
}

function readEngine()
{
    const userAgent = () => Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgent').get;
    return {
        errors: readEach(Object.keys(MISTAKES), readMistake),
        fn: {
            evalLength: eval.toString().length,
            nativeToString: read(() => Function.prototype.toString.call(Array.prototype.map)),
            getterToString: read(() => userAgent().toString()),
            errorKeys: read(() => Object.getOwnPropertyNames(new Error('x'))),
            captureStack: typeof Error.captureStackTrace,
            stackTraceLimit: plain(Error.stackTraceLimit),
            fnKeys: read(() => Object.getOwnPropertyNames(function () {})),
        },
        stack: read(readStack),
        wasm: read(readWasm),
    };
}

// ------------------------------------------------------------- Permissions, storage and network

const PERMISSIONS = ['accelerometer', 'ambient-light-sensor', 'background-fetch', 'background-sync',
    'bluetooth', 'camera', 'captured-surface-control', 'clipboard-read', 'clipboard-write',
    'display-capture', 'fullscreen', 'geolocation', 'gyroscope', 'idle-detection', 'keyboard-lock',
    'local-fonts', 'magnetometer', 'microphone', 'midi', 'nfc', 'notifications', 'payment-handler',
    'periodic-background-sync', 'persistent-storage', 'pointer-lock', 'push', 'screen-wake-lock',
    'speaker-selection', 'storage-access', 'system-wake-lock', 'top-level-storage-access',
    'window-management', 'xr-spatial-tracking'];

// The states of permissions; nothing is asked of the user.
const readPermissions = () => readAll(table(PERMISSIONS, async (name) => {
    const asked = name === 'push' ? { name, userVisibleOnly: true } : { name };
    return (await navigator.permissions.query(asked)).state;
}));

const useStorage = (storage) => {
    storage.setItem('t', '1');
    storage.removeItem('t');
    return true;
};

const openDatabase = () => new Promise((resolve, reject) => {
    const name = 't' + Math.random(), request = indexedDB.open(name);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase(name);
        resolve(true);
    };
});

// Whether each storage works; what is written is removed again.
const STORAGES = {
    cookies: async () => {
        document.cookie = 't=1;SameSite=Strict';
        const works = document.cookie.includes('t=');
        document.cookie = 't=;expires=Thu, 01 Jan 1970 00:00:00 GMT';
        return works;
    },
    localStorage: async () => useStorage(localStorage),
    sessionStorage: async () => useStorage(sessionStorage),
    indexedDB: openDatabase,
    opfs: async () => (await navigator.storage.getDirectory()).kind,
    caches: async () => (await caches.keys()).length,
    openDatabase: async () => typeof window.openDatabase,
    webkitFs: async () => typeof window.webkitRequestFileSystem,
};

const VOICES_LIMIT = 400; // ms: some browsers load their voices late, some have none

const readSpeech = () => readLater(() => new Promise((resolve) => {
    const voices = () => speechSynthesis.getVoices();
    const done = () => resolve({
        count: voices().length,
        fnv1a32: hashText(voices().map(({ voiceURI }) => voiceURI).join()),
    });
    if (voices().length) {
        done();
    } else {
        speechSynthesis.addEventListener('voiceschanged', () => voices().length && done());
        setTimeout(done, VOICES_LIMIT);
    }
}));

const CANDIDATES_LIMIT = 250; // ms

const readRtc = () => readLater(async () => {
    const connection = new RTCPeerConnection({ iceServers: [] }), candidates = [];
    connection.onicecandidate = ({ candidate }) => candidate && candidates.push(candidate.toJSON());
    connection.createDataChannel('x');
    connection.addTransceiver('audio');
    connection.addTransceiver('video');
    const offer = await connection.createOffer(), lines = offer.sdp.split('\r\n');
    await connection.setLocalDescription(offer);
    await new Promise((resolve) => setTimeout(resolve, CANDIDATES_LIMIT));
    connection.close();
    return {
        lineCount: lines.length,
        rtpmap: lines.filter((line) => line.startsWith('a=rtpmap')),
        extmap: lines.filter((line) => line.startsWith('a=extmap')).length,
        fingerprint: plain(lines.find((line) => line.startsWith('a=fingerprint'))),
        candidates,
    };
});

// --------------------------------------------------------------- Other contexts: worker, frame

const WORKER_MEMBERS = ['userAgent', 'appVersion', 'platform', 'language', 'hardwareConcurrency',
    'deviceMemory', 'webdriver'];

function readWorkerCanvas()
{
    const context = new OffscreenCanvas(40, 20).getContext('2d');
    context.font = '14px sans-serif';
    context.fillText('Worker \u00e9', 1, 14);
    const { width, actualBoundingBoxAscent } = context.measureText('Worker \u00e9');
    return [width, actualBoundingBoxAscent];
}

// In the worker.
async function readWorkerScope()
{
    const values = readEach(WORKER_MEMBERS, (name) => navigator[name]);
    const webgl = () => new OffscreenCanvas(8, 8).getContext('webgl');
    return Object.assign(values, {
        languages: read(() => [...navigator.languages]),
        timeZone: read(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
        locale: read(() => Intl.DateTimeFormat().resolvedOptions().locale),
        globals: read(() => Object.getOwnPropertyNames(self).length),
        tan: Math.tan(-1e300),
        webgl: read(() => {
            const gl = webgl();
            return gl && unmasked(gl, 'RENDERER');
        }),
        canvas: read(readWorkerCanvas),
        uaData: read(() => navigator.userAgentData && (({ brands, mobile, platform }) =>
            ({ brands, mobile, platform }))(navigator.userAgentData)),
        quota: await readLater(async () => (await navigator.storage.estimate()).quota),
    });
}

const WORKER_LIMIT = 4000; // ms
const ownAddress = typeof document !== 'undefined' && document.currentScript &&
    document.currentScript.src;

// In the page.
const readWorker = () => readLater(() => new Promise((resolve, reject) => {
    const worker = new Worker(ownAddress);
    worker.onmessage = ({ data }) => {
        worker.terminate();
        resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker failed'));
}), WORKER_LIMIT);

function readFrame()
{
    const frame = element('iframe', 'width:111px;height:77px;border:0;position:absolute');
    frame.srcdoc = '<p>x';
    return shown(frame, () => {
        const inner = frame.contentWindow;
        return {
            userAgent: inner.navigator.userAgent,
            platform: inner.navigator.platform,
            languages: [...inner.navigator.languages],
            hardwareConcurrency: inner.navigator.hardwareConcurrency,
            devicePixelRatio: inner.devicePixelRatio,
            screenWidth: inner.screen.width,
            timeZone: inner.Intl.DateTimeFormat().resolvedOptions().timeZone,
            globals: Object.getOwnPropertyNames(inner).length,
            webdriver: inner.navigator.webdriver,
        };
    });
}

function readDom()
{
    const parsed = () => new DOMParser().parseFromString('<a>&nbsp;\u00e9<b', 'text/xml');
    return {
        parse: read(() => parsed().documentElement.outerHTML.slice(0, 300)),
        intersection: read(() => typeof IntersectionObserver.prototype.trackVisibility),
    };
}

// ----------------------------------------------------------------------------------- Features

// Interfaces, members, properties of CSS and functions that releases of browsers differ in.
const FEATURES = {
    api: [
        'AmbientLightSensor', 'AudioSession', 'AutofillEvent', 'Bluetooth', 'BluetoothUUID',
        'CSSFontFaceDescriptors', 'CSSPositionTryDescriptors', 'CSSStyleProperties',
        'CanvasFilter', 'CloseWatcher', 'DocumentPictureInPicture', 'ElementImage',
        'FileSystemSync', 'GPU', 'GPUAdapter', 'GPUAdapterInfo', 'GPUCanvasContext', 'GPUDevice',
        'GPUExternalTexture', 'GPUQueue', 'GPURenderBundle', 'GPUSupportedFeatures',
        'GPUSupportedLimits', 'GestureEvent', 'HTMLCameraElement', 'HTMLMicrophoneElement',
        'HTMLModelElement', 'HTMLUserMediaElement', 'IDBRecord', 'InteractionContentfulPaint',
        'KHR_parallel_shader_compile', 'MIDIAccess', 'ML', 'Magnetometer', 'ManagedMediaSource',
        'MediaStreamTrackAudioSourceNode', 'PaymentRequestEvent', 'PerformanceContainerTiming',
        'PerformanceSoftNavigation', 'PermissionsPolicy', 'PictureInPictureWindow',
        'PreferenceManager', 'RTCError', 'RTCErrorEvent', 'RTCPeerConnectionIceErrorEvent',
        'ReportBody', 'ReportingObserver', 'Sanitizer', 'Scheduler', 'Serial', 'SharedStorage',
        'StorageBucket', 'StorageBucketManager', 'TaskController', 'Touch', 'TouchEvent',
        'TouchList', 'TrustedHTML', 'TrustedHTMLParserOptions', 'TrustedTypePolicyFactory',
        'VTTRegion', 'WebTransport', 'WebTransportReceiveStream', 'WebTransportSendGroup',
        'WebTransportSendStream', 'BaseAudioContext.renderQuantumSize',
        'CSSFontFaceDescriptors.fontWidth', 'CanvasRenderingContext2D.drawElementImage',
        'CharacterData.beforeHTML', 'Element.appendHTML', 'GPUQueue.drawElementImageToTexture',
        'HTMLCanvasElement.requestPaint', 'HTMLElement.containerTiming',
        'OfflineAudioContext.close', 'OffscreenCanvas.updateElementGeometry',
        'PerformanceLongAnimationFrameTiming.layoutDuration',
        'PerformanceLongAnimationFrameTiming.styleDuration',
        'PerformanceScriptTiming.forcedLayoutDuration',
        'PerformanceScriptTiming.forcedStyleDuration', 'Sanitizer.setJavascriptURLs',
        'ShadowRoot.appendHTML', 'SpeechRecognition.unspokenPunctuation',
        'SubtleCrypto.getPublicKey', 'TrustedTypePolicy.createParserOptions',
        'WebGLRenderingContext.texElementSubImage2D',
    ],
    css: [
        '-moz-orient', '-webkit-app-region', '-webkit-tap-highlight-color',
        'font-language-override', 'frame-sizing', 'initial-letter', 'interpolate-size',
        'margin-trim', 'orphans', 'path-length', 'ruby-overhang', 'scroll-axis-lock',
        'text-decoration-skip-spaces', 'text-size-adjust', 'window-drag',
    ],
    js: [
        'AsyncDisposableStack.use', 'Atomics.waitAsync', 'DisposableStack.use',
        'Error.captureStackTrace', 'Error.stackTraceLimit', 'Iterator.concat', 'Iterator.includes',
        'Iterator.join', 'Iterator.windows', 'Iterator.zip', 'Map.getOrInsert', 'Math.sumPrecise',
        'RegExp.escape', 'Symbol.dispose', 'Uint8Array.fromBase64',
    ],
};

function hasMember(name)
{
    const [owner, member] = name.split('.'), object = window[owner];
    return object ? member in object || !!object.prototype && member in object.prototype : null;
}

const FEATURE_PROBES = {
    api: (name) => name.includes('.') ? hasMember(name) : name in window,
    css: (name) => CSS.supports(name, 'initial'),
    js: hasMember,
};

function readFeatures()
{
    const values = {};
    for (const kind of Object.keys(FEATURES))
        for (const name of FEATURES[kind])
            values[`${kind}.${name}`] = read(() => FEATURE_PROBES[kind](name));
    return values;
}

// -------------------------------------------------------------------------------- Performance

// How far performance.now() moves in one step: eight different steps at most.
function readClockSteps()
{
    const steps = new Set();
    let before = performance.now();
    for (let i = 0; i < 2e5 && steps.size < 8; i++) {
        const now = performance.now();
        if (now !== before)
            steps.add(now - before);
        before = now;
    }
    return Array.from(steps).sort((a, b) => a - b);
}

function readPerformance()
{
    let mathResult = 0;
    for (let i = 0; i < 3e5; i++)
        mathResult += Math.sin(i) * Math.sqrt(i);
    return {
        memory: read(() => performance.memory && readScalars(performance.memory)),
        resolution: read(readClockSteps),
        bench: { mathResult },
        supportedEntryTypes: read(() => [...PerformanceObserver.supportedEntryTypes]),
    };
}

// ---------------------------------------------------------------------------------- Protection

// How many of the values are not the expected ones, and by how much at most.
function differences(values, expected)
{
    const found = Array.from(values, (value, i) => Math.abs(value - expected(i))).filter((x) => x);
    return { changed: found.length, most: Math.max(0, ...found) };
}

// A plain area, as it is read back. Brave and Safari change a few of its color values by little,
// resistFingerprinting changes all of them.
function readCanvasNoise()
{
    const context = context2d(16, 16), color = [64, 128, 192, 255];
    context.fillStyle = `rgb(${color.slice(0, 3).join()})`;
    context.fillRect(0, 0, 16, 16);
    return differences(pixels(context, 16, 16), (i) => color[i % 4]);
}

// The same of audio: all samples of a constant source are one half.
async function readAudioNoise()
{
    const context = new OfflineAudioContext(1, 256, 44100), source = context.createConstantSource();
    source.offset.value = 0.5;
    source.connect(context.destination);
    source.start();
    const samples = (await context.startRendering()).getChannelData(0);
    return differences(samples, () => 0.5);
}

// What browsers that protect from fingerprinting reveal of themselves. whorl does not read it yet.
// Private windows of Firefox and Safari show in `storage`: opfs is an error there.
const PROTECTION = {
    brave: async () => 'brave' in navigator,
    canvasNoise: async () => readCanvasNoise(),
    audioNoise: readAudioNoise,
    // With resistFingerprinting the screen is as large as the page, and the clock has large steps.
    screenIsWindow: async () => screen.width === innerWidth && screen.height === innerHeight,
    clockStep: async () => readClockSteps()[0],
};

// ------------------------------------------------------------------------------------- Record

// The parts in their order, by name. A function that gives several parts gives an object of them.
const PARTS = [
    ['navigator', readNavigator],
    ['clientHints', readClientHints],
    ['http', readHttp],
    ['screen', readScreen],
    ['window', readWindow],
    ['document', readDocument],
    ['touch', readTouch],
    ['media', readMedia],
    ['cssColors', () => readComputed(element('div'), SYSTEM_COLORS, 'color')],
    ['cssColorSpaces', () => readComputed(element('div'), COLORS, 'color')],
    ['systemFonts', readSystemFonts],
    ['computed', readComputedStyle],
    ['formStyles', readFormStyles],
    ['units', () => readComputed(element('div', 'position:absolute;padding:0'), LENGTHS, 'width')],
    ['cssMath', () => readComputed(element('div', 'position:absolute'), CALCULATIONS, 'width')],
    ['fonts fontBase fontWidths', readFonts],
    ['fontCheck', () => readEach(FONT_CHECKS, (name) => document.fonts.check(`12px "${name}"`))],
    ['canvas', readCanvas],
    ['rects', readRects],
    ['webgl', () => readGl('webgl')],
    ['webgl2', () => readGl('webgl2')],
    ['webgpu', readWebgpu],
    ['audio', readAudio],
    ['codecs', readCodecs],
    ['math', readMath],
    ['intl', readIntl],
    ['engine', readEngine],
    ['permissions', readPermissions],
    ['storage', () => readAll(STORAGES)],
    ['speech', readSpeech],
    ['rtc', readRtc],
    ['worker', readWorker],
    ['iframe', readFrame],
    ['dom', readDom],
    ['features', readFeatures],
    ['performance', readPerformance],
    ['protection', () => readAll(PROTECTION)],
];

function randomId()
{
    if (crypto.randomUUID)
        return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)),
        (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/* collectSignals({ headers, timeFactor }): a promise of the record, which is not rejected.
 * `headers` is the address of what readHttp() asks for; without it the record has no part `http`.
 * All time limits are multiplied by `timeFactor`, for a slow machine. */
async function collectSignals(options = {})
{
    const { headers } = options, signals = {};
    timeFactor = options.timeFactor || 1;
    for (const [names, part] of PARTS) {
        const several = names.split(' ');
        if (names === 'http' && !headers)
            continue;
        const values = await readLater(async () => part(options), PART_LIMIT);
        for (const name of several)
            signals[name] = several.length === 1 || values.error ? values : values[name];
    }
    return { event_id: randomId(), ts: Date.now(), signals };
}

if (typeof document === 'undefined')
    readWorkerScope().then((values) => self.postMessage(values));
else
    window.collectSignals = collectSignals;
})();
