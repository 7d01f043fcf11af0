'use strict';
exports.handler = async ({ data }) => ({
  result: {
    status: 'success',
    message: 'Data transformed successfully',
    transformedData: { ...data, transformed: true, uppercase: data.value.toUpperCase(), timestamp: new Date().toISOString() },
  },
});
