/*
 * Part of what stands in for libchelper: finds the features of the processor, by which the builder and the executable
 * choose instructions. Declared in com.oracle.svm.core.amd64.AMD64LibCHelper. Bits are those of the CPUID instruction.
 */
#include <cpuid.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../include/amd64cpufeatures.h"

/* What ECX of leaf 0 says of a processor of AMD. */
#define AMD 0x444d4163

/* States that the operating system saves, in XCR0. */
#define YMM_STATE 0x06
#define ZMM_STATE 0xe6

static char bit(unsigned value, int index) {
  return (value >> index) & 1;
}

static uint64_t saved_states(unsigned leaf1_ecx) {
  if (!bit(leaf1_ecx, 27)) {
    return 0;
  }
  uint32_t low;
  uint32_t high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

static void read_leaf_1(CPUFeatures *features, unsigned ecx, unsigned edx, int ymm) {
  features->fTSC = bit(edx, 4);
  features->fCX8 = bit(edx, 8);
  features->fCMOV = bit(edx, 15);
  features->fFLUSH = bit(edx, 19);
  features->fMMX = bit(edx, 23);
  features->fFXSR = bit(edx, 24);
  features->fSSE = bit(edx, 25);
  features->fSSE2 = bit(edx, 26);
  features->fHT = bit(edx, 28);
  features->fSSE3 = bit(ecx, 0);
  features->fCLMUL = bit(ecx, 1);
  features->fSSSE3 = bit(ecx, 9);
  features->fSSE4_1 = bit(ecx, 19);
  features->fSSE4_2 = bit(ecx, 20);
  features->fPOPCNT = bit(ecx, 23);
  features->fAES = bit(ecx, 25);
  features->fHV = bit(ecx, 31);
  if (ymm && bit(ecx, 28)) {
    features->fAVX = 1;
    features->fVZEROUPPER = 1;
    features->fFMA = bit(ecx, 12);
    features->fF16C = bit(ecx, 29);
  }
}

static void read_avx512(CPUFeatures *features, unsigned ebx, unsigned ecx, unsigned edx) {
  features->fAVX512F = 1;
  features->fAVX512DQ = bit(ebx, 17);
  features->fAVX512_IFMA = bit(ebx, 21);
  features->fAVX512PF = bit(ebx, 26);
  features->fAVX512ER = bit(ebx, 27);
  features->fAVX512CD = bit(ebx, 28);
  features->fAVX512BW = bit(ebx, 30);
  features->fAVX512VL = bit(ebx, 31);
  features->fAVX512_VBMI = bit(ecx, 1);
  features->fAVX512_VBMI2 = bit(ecx, 6);
  features->fAVX512_VAES = bit(ecx, 9);
  features->fAVX512_VPCLMULQDQ = bit(ecx, 10);
  features->fAVX512_VNNI = bit(ecx, 11);
  features->fAVX512_BITALG = bit(ecx, 12);
  features->fAVX512_VPOPCNTDQ = bit(ecx, 14);
  features->fAVX512_FP16 = bit(edx, 23);
}

static void read_leaf_7(CPUFeatures *features, int zmm) {
  unsigned sub_leaves;
  unsigned eax;
  unsigned ebx;
  unsigned ecx;
  unsigned edx;
  __cpuid_count(7, 0, sub_leaves, ebx, ecx, edx);
  features->fBMI1 = bit(ebx, 3);
  features->fBMI2 = bit(ebx, 8);
  features->fERMS = bit(ebx, 9);
  features->fRTM = bit(ebx, 11);
  features->fADX = bit(ebx, 19);
  features->fFLUSHOPT = bit(ebx, 23);
  features->fCLWB = bit(ebx, 24);
  features->fSHA = bit(ebx, 29);
  features->fPKU = bit(ecx, 3);
  features->fOSPKE = bit(ecx, 4);
  features->fCET_SS = bit(ecx, 7);
  features->fGFNI = bit(ecx, 8);
  features->fRDPID = bit(ecx, 22);
  features->fFSRM = bit(edx, 4);
  features->fSERIALIZE = bit(edx, 14);
  features->fCET_IBT = bit(edx, 20);
  if (features->fAVX) {
    features->fAVX2 = bit(ebx, 5);
  }
  if (features->fAVX && zmm && bit(ebx, 16)) {
    read_avx512(features, ebx, ecx, edx);
  }
  if (sub_leaves >= 1 && features->fAVX2) {
    __cpuid_count(7, 1, eax, ebx, ecx, edx);
    features->fSHA512 = bit(eax, 0);
    features->fAVX_IFMA = bit(eax, 23);
  }
}

static void read_extended_leaves(CPUFeatures *features, int amd) {
  unsigned last;
  unsigned eax;
  unsigned ebx;
  unsigned ecx;
  unsigned edx;
  __cpuid(0x80000000, last, ebx, ecx, edx);
  if (last >= 0x80000001) {
    __cpuid(0x80000001, eax, ebx, ecx, edx);
    features->fLZCNT = bit(ecx, 5);
    features->fSSE4A = amd && bit(ecx, 6);
    features->fAMD_3DNOW_PREFETCH = bit(ecx, 8) || bit(edx, 31);
    features->fRDTSCP = bit(edx, 27);
  }
  if (last >= 0x80000007) {
    __cpuid(0x80000007, eax, ebx, ecx, edx);
    features->fTSCINV_BIT = bit(edx, 8);
    features->fTSCINV = features->fTSCINV_BIT;
  }
}

void determineCPUFeatures(CPUFeatures *features) {
  unsigned last;
  unsigned vendor;
  unsigned eax;
  unsigned ebx;
  unsigned ecx;
  unsigned edx;
  memset(features, 0, sizeof *features);
  if (!__get_cpuid(0, &last, &ebx, &vendor, &edx)) {
    return;
  }
  __cpuid(1, eax, ebx, ecx, edx);
  uint64_t states = saved_states(ecx);
  read_leaf_1(features, ecx, edx, (states & YMM_STATE) == YMM_STATE);
  if (last >= 7) {
    read_leaf_7(features, (states & ZMM_STATE) == ZMM_STATE);
  }
  read_extended_leaves(features, vendor == AMD);
}

/* The mask has all bits set in the byte of a feature that the executable does not need. */
int checkCPUFeatures(const uint8_t *mask) {
  CPUFeatures features;
  determineCPUFeatures(&features);
  const uint8_t *present = (const uint8_t *)&features;
  for (size_t i = 0; i < sizeof features; i++) {
    if ((uint8_t)(present[i] | mask[i]) != 0xff) {
      return 1;
    }
  }
  return 0;
}

int checkCPUFeaturesOrExit(const uint8_t *mask, const char *message) {
  if (checkCPUFeatures(mask)) {
    fputs(message, stderr);
    _exit(1);
  }
  return 0;
}
