/* The steps for graphics processors, and the tables of all steps. */
#include "config.h"

#include "steps/table.h"
#include "steps.h"

/*
 * Expected values: the makers' names of the models. The texts were sent by browsers, or are made in
 * their sources.
 */

/* Renderers of one model, and the results of renderer and gpu-class for each of them. */
struct model {
    const char *model, *series;
    const char *texts[6];
};

static void check_models(const struct model *models, size_t count)
{
    char text[256], model[256], series[256];

    for (size_t i = 0; i < count; i++) {
        snprintf(model, sizeof model, "\"%s\"", models[i].model);
        snprintf(series, sizeof series, "\"%s\"", models[i].series);
        for (size_t k = 0; k < 6 && models[i].texts[k]; k++) {
            snprintf(text, sizeof text, "\"%s\"", models[i].texts[k]);
            CHECK_TEXT(steps_run("renderer", text), model);
            CHECK_TEXT(steps_run("gpu-class", text), series);
        }
        CHECK_TEXT(steps_run("renderer", model), model);
        CHECK_TEXT(steps_run("gpu-class", model), series);
    }
}

#define CHECK_MODELS(...)                                                                      \
    do {                                                                                       \
        static const struct model models[] = {__VA_ARGS__};                                    \
        check_models(models, sizeof models / sizeof *models);                                  \
    } while (0)

#define D3D11 " Direct3D11 vs_5_0 ps_5_0"

UNIT_TEST(rule_24_renderers_of_one_model_agree)
{
    CHECK_MODELS(
        {"NVIDIA GeForce RTX 3060",
         "GeForce RTX 3000",
         {"ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504)" D3D11 ", D3D11)",
          "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060" D3D11 ", D3D11-27.21.14.5671)",
          "ANGLE (NVIDIA GeForce RTX 3060" D3D11 ")",
          "ANGLE (NVIDIA Corporation, NVIDIA GeForce RTX 3060/PCIe/SSE2, OpenGL 4.5.0)",
          "ANGLE (NVIDIA, Vulkan 1.3.242 (NVIDIA NVIDIA GeForce RTX 3060 (0x00002504)), "
          "NVIDIA)",
          "D3D12 (NVIDIA GeForce RTX 3060)"}},
        {"NVIDIA GeForce GTX 1660 SUPER",
         "GeForce GTX 1600",
         {"ANGLE (NVIDIA GeForce GTX 1660 SUPER" D3D11 ")",
          "ANGLE (NVIDIA, NVIDIA GeForce GTX 1660 SUPER (0x000021C4)" D3D11 ", D3D11)",
          "NVIDIA GeForce GTX 1660 SUPER/PCIe/SSE2"}},
        {"Intel UHD Graphics 620",
         "Intel UHD 600",
         {"ANGLE (Intel, Intel(R) UHD Graphics 620 (0x00005917)" D3D11 ", D3D11)",
          "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)",
          "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6 (Core Profile) "
          "Mesa 21.2.6)",
          "Mesa Intel(R) UHD Graphics 620 (KBL GT2)", "Intel(R) UHD Graphics 620"}},
        {"Intel HD Graphics 4000",
         "Intel HD 4000",
         {"ANGLE (Intel(R) HD Graphics 4000 Direct3D9Ex vs_3_0 ps_3_0)",
          "ANGLE (Intel, Intel(R) HD Graphics 4000 (0x00000166)" D3D11 ", D3D11)",
          "Intel HD Graphics 4000 OpenGL Engine",
          "Mesa DRI Intel(R) HD Graphics 4000 (IVB GT2)"}},
        {"Intel Iris Xe Graphics",
         "Intel Iris Xe",
         {"ANGLE (Intel, Intel(R) Iris(R) Xe Graphics (0x00009A49)" D3D11 ", D3D11)"}},
        {"AMD Radeon Graphics",
         "Radeon Graphics",
         {"ANGLE (AMD, AMD Radeon(TM) Graphics (0x00001638)" D3D11 ", D3D11)",
          "ANGLE (AMD, AMD Radeon (TM) Graphics (0x000015E7)" D3D11 ", D3D11)",
          "ANGLE (AMD, AMD Radeon Graphics (radeonsi, renoir, LLVM 17.0.6, DRM 3.57, "
          "6.8.0-31-generic), OpenGL 4.6)"}},
        {"AMD Radeon RX 6700 XT",
         "Radeon RX 6000",
         {"ANGLE (AMD, AMD Radeon RX 6700 XT (0x000073DF)" D3D11 ", D3D11)"}},
        {"Apple M1",
         "Apple M1",
         {"ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)",
          "Apple M1, or similar", "ANGLE (Apple, Apple M1, OpenGL 4.1 Metal - 88)"}},
        {"Apple M4 Max",
         "Apple M4",
         {"ANGLE (Apple, ANGLE Metal Renderer: Apple M4 Max, Unspecified Version)"}});
    CHECK_MODELS(
        {"SwiftShader Device",
         "SwiftShader",
         {"ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), "
          "SwiftShader driver)",
          "ANGLE (Google, Vulkan 1.1.0 (SwiftShader Device (LLVM 10.0.0) (0x0000C0DE)), "
          "SwiftShader driver-5.0.0)"}},
        {"llvmpipe",
         "llvmpipe",
         {"llvmpipe, or similar", "llvmpipe (LLVM 15.0.7, 256 bits)",
          "ANGLE (Mesa, llvmpipe (LLVM 15.0.7 256 bits), OpenGL 4.5)"}},
        {"Samsung Xclipse 920",
         "Xclipse 900",
         {"ANGLE (Samsung Electronics Co., Ltd., ANGLE (Samsung Xclipse 920) on Vulkan "
          "1.1.179, "
          "OpenGL ES 3.2)",
          "ANGLE (Samsung Xclipse 920) on Vulkan 1.1.179"}},
        {"Adreno 650",
         "Adreno 600",
         {"Adreno (TM) 650", "ANGLE (Qualcomm, Adreno (TM) 650, OpenGL ES 3.2)"}},
        {"NVIDIA GeForce GTX 980",
         "GeForce GTX 900",
         {"ANGLE (NVIDIA, NVIDIA GeForce GTX 980" D3D11 "), or similar"}},
        {"Mali-G78", "Mali-G70", {NULL}}, {"Apple GPU", "Apple GPU", {NULL}},
        {"Microsoft Basic Render Driver",
         "Microsoft Basic Render Driver",
         {"ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C)" D3D11 ", D3D11)"}},
        {"SVGA3D", "SVGA3D", {"ANGLE (VMware, Inc., SVGA3D; build: RELEASE;  LLVM;, OpenGL)"}});
}

#define SAME(step, value)                                                                      \
    {                                                                                          \
        step, value, value                                                                     \
    }

UNIT_TEST(rule_24_renderer_reads_whatever_is_in_parentheses)
{
    CHECK_ROWS({"renderer", "\"ANGLE (A (1, 2), B (3, (4)) C, D)\"", "\"B C\""},
               {"renderer", "\"ANGLE (A, B (3\"", "\"B\""},
               {"renderer", "\"ANGLE (A, B) C, D\"", "\"B\""},
               {"renderer", "\"ANGLE (ANGLE (ANGLE (A)))\"", "\"A\""},
               {"renderer", "\"ANGLE (ANGLE (ANGLE (ANGLE (A))))\"", "\"ANGLE\""},
               {"renderer", "\"A)B)\\tC  (x) C\"", "\"A B C\""},
               {"renderer", "\"A B/PCIe/SSE2 C\"", "\"A B\""},
               {"renderer", "\"ATI Radeon HD 4300/4500 Series\"",
                "\"ATI Radeon HD 4300/4500 Series\""},
               {"renderer", "\"Vulkan 1.3 A\"", "\"Vulkan 1.3 A\""});
    CHECK_ROWS(SAME("renderer", "\"\""), SAME("renderer", "\" \""),
               SAME("renderer", "\"ANGLE (\""), SAME("renderer", "\"ANGLE (,,)\""),
               SAME("renderer", "\"((((\""), SAME("renderer", "\"))))\""),
               SAME("renderer", "\", A\""), SAME("renderer", "\"Direct3D11 A\""),
               SAME("renderer", "\"Vulkan 1.3 (\""), SAME("renderer", "\"Mozilla\""),
               SAME("renderer", "\"WebKit WebGL\""));
}

UNIT_TEST(rule_24_a_series_has_the_digits_of_its_model)
{
    CHECK_ROWS({"each(gpu-class)",
                "[\"GeForce RTX 2070\",\"GeForce RTX 4090\",\"GeForce RTX 5050 Laptop GPU\"]",
                "[\"GeForce RTX 2000\",\"GeForce RTX 4000\",\"GeForce RTX 5000\"]"},
               {"each(gpu-class)",
                "[\"Radeon RX 580\",\"Radeon RX 5700 XT\",\"AMD Radeon 780M Graphics\"]",
                "[\"Radeon RX 500\",\"Radeon RX 5000\",\"Radeon 700M\"]"},
               {"each(gpu-class)", "[\"Intel HD Graphics 530\",\"Intel HD Graphics Family\"]",
                "[\"Intel HD 500\",\"Intel HD\"]"},
               {"each(gpu-class)", "[\"Mali-G610 MC4\",\"Mali-G57\",\"Apple A15 GPU\"]",
                "[\"Mali-G600\",\"Mali-G50\",\"Apple A15\"]"},
               SAME("gpu-class", "\"ANGLE (Who, Knows (0x1), This)\""),
               SAME("gpu-class", "\"XGeForce RTX 3060\""), SAME("gpu-class", "\"\""),
               SAME("gpu-class", "\"Mali-G1234\""));
}

UNIT_TEST(tables_are_ordered_by_name_and_the_looked_up_ones_by_their_rows)
{
    const struct table *const sorted[] = {&table_language, &table_timezone};

    for (size_t i = 1; i < table_count; i++)
        CHECK(strcmp(table_all[i - 1]->name, table_all[i]->name) < 0);
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
        for (size_t k = 0; k < sorted[i]->count; k++) {
            const struct table_row *row = &sorted[i]->rows[k];
            struct span cell = table_cell(sorted[i], row, 0);
            CHECK(k == 0 || span_compare(table_cell(sorted[i], row - 1, 0), cell) < 0);
            CHECK(table_find(sorted[i], cell) == row);
            /* a name is no alias */
            CHECK(!table_find(sorted[i], table_cell(sorted[i], row, 1)));
        }
}

/* The rows of data/NAME.tsv, and its line @table. */
UNIT_TEST(each_table_is_its_file)
{
    const char *top = getenv("top_srcdir");
    char path[4096], line[512];

    for (size_t i = 0; i < table_count; i++) {
        const struct table *t = table_all[i];
        size_t count = 0;
        snprintf(path, sizeof path, "%s/data/%s.tsv", top ? top : ".", t->name);
        FILE *file = fopen(path, "r");
        CHECK(file);
        while (file && fgets(line, sizeof line, file)) {
            struct span rest = span_of(line, strcspn(line, "\n"));
            if (!rest.n || rest.p[0] == '#')
                continue;
            if (rest.p[0] == '@') {
                char said[64];
                snprintf(said, sizeof said, "@table\t%s\t%s", t->name, t->version);
                CHECK_TEXT(rest, said);
                continue;
            }
            for (size_t k = 0; count < t->count && k < TABLE_CELLS; k++) {
                const unsigned char *tab = rest.n ? memchr(rest.p, '\t', rest.n) : NULL;
                size_t end = tab ? (size_t)(tab - rest.p) : rest.n;
                CHECK_SPAN(table_cell(t, &t->rows[count], k), span_cut(rest, 0, end));
                rest = span_cut(rest, tab ? end + 1 : end, rest.n);
            }
            count++;
        }
        CHECK(count == t->count && count > 0);
        if (file)
            fclose(file);
    }
}

int main(void)
{
    return steps_main();
}
