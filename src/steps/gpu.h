/*
 * steps_gpu: the steps that read what WebGL says its renderer is.
 *
 * renderer: the model, without what wraps it, so that Chrome and Firefox of any age and on
 * any system agree as far as they tell the same. In this order:
 *
 * 1. At most three times, the first of these that the text has is taken off:
 *    - "ANGLE (" at its beginning: what stands up to the matching ')', or up to the end, is
 *      in parts, separated by commas outside of parentheses. Of one or two parts the last is
 *      taken, of more the last but one: maker, model, driver.
 *    - "Vulkan ", digits and dots, " (" or "D3D12 (" at its beginning: what stands up to the
 *      matching ')', or up to the end.
 * 2. What stands before the first comma or semicolon outside of parentheses is taken; white
 *    space (U+0020 and U+0009) at both ends goes.
 * 3. At the beginning these are removed, each once, in this order:
 *    "ANGLE Metal Renderer: "  "Gallium 0.4 on "  "Mesa DRI "  "Mesa ".
 * 4. The rest is read as words, separated by white space and by parentheses with what they
 *    hold, or hold up to the end; a ')' alone separates as well. Before the first word that
 *    begins with "Direct3D", or is "OpenGL", all ends. A word is cut before "/PCI", "/AGP",
 *    "/SSE2" or "/integrated", and all ends behind it. A word equal to the one before it is
 *    left out.
 * 5. The words, separated by one space. If there are none, the text passes unchanged.
 *
 * The device id in parentheses, which newer versions of Chrome add, is lost with all else in
 * them. gpu-class: what renderer makes of the text is looked up in data/gpu.tsv, as said
 * there; if nothing is found, the text passes unchanged. Text of more than STEPS_BYTES bytes
 * passes both unchanged.
 */
#ifndef WHORL_STEPS_GPU_H
#define WHORL_STEPS_GPU_H

#include "steps/normalize.h"

/* The apply() of a row each, see struct step. */
bool steps_gpu_renderer(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_gpu_class(const struct call *call, struct signal *signal, struct arena *arena);

#endif
